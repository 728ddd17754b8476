"""LangChain's `ChatOpenAI`, whole and streamed. `chat_openai.py ADDRESS`."""

import os
import sys

from langchain_openai import ChatOpenAI

model = ChatOpenAI(model="fatiao", base_url=f"{sys.argv[1]}/v1", api_key=os.environ.get("FATIAO_KEY", "none"))
whole = model.invoke("武汉的企业买科技保险有补助吗？").text
print(whole)
print("streamed the same text:", "".join(p.text for p in model.stream("武汉的企业买科技保险有补助吗？")) == whole)
