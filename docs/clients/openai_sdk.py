"""The `openai` SDK: whole, streamed and async, and a conversation of five turns. `openai_sdk.py ADDRESS`."""

import asyncio
import os
import sys

from openai import AsyncOpenAI, OpenAI

BASE, KEY = f"{sys.argv[1]}/v1", os.environ.get("FATIAO_KEY", "none")
TURNS = ["武汉的企业买科技保险有补助吗？", "换成洛阳呢？", "常州呢？", "常州第二十条", "第三款呢"]

client = OpenAI(base_url=BASE, api_key=KEY)
print("models:", [m.id for m in client.models.list()])
said: list[dict[str, str]] = []
for turn in TURNS:
    said.append({"role": "user", "content": turn})
    told = client.chat.completions.create(model="fatiao", messages=said)
    text = told.choices[0].message.content or ""
    said.append({"role": "assistant", "content": text})
    answer = told.model_extra["fatiao"]
    print(f"{turn} → {[c['id'] for c in answer['citations']]} {answer['reason']}")

pieces = client.chat.completions.create(model="fatiao", messages=said[:1], stream=True)
streamed = "".join(p.choices[0].delta.content or "" for p in pieces if p.choices)
print("streamed the same text:", streamed == said[1]["content"])


async def at_once() -> list[str]:
    """Five questions at the same time."""
    async with AsyncOpenAI(base_url=BASE, api_key=KEY) as many:
        asked = [[{"role": "user", "content": f"常州第{n}条"}] for n in range(1, 6)]
        made = [many.chat.completions.create(model="fatiao", messages=m) for m in asked]
        return [(r.choices[0].message.content or "")[:24] for r in await asyncio.gather(*made)]


print("async:", asyncio.run(at_once()))
