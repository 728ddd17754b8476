#!/bin/sh
# 安装：sh install.sh [目标文件夹]。不连接网络。PYTHON 可指定解释器，FATIAO_DATA_DIR 为索引和记录所在文件夹。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$HOME/fatiao}
read -r version system machine < "$here/PYTHON"

check='import sys, platform; print("%d.%d" % sys.version_info[:2], sys.platform, platform.machine())'
python=
for candidate in "${PYTHON:-}" "python$version" python3; do
  [ -n "$candidate" ] || continue
  if [ "$("$candidate" -c "$check" 2>/dev/null)" = "$version $system $machine" ]; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "错误：这个安装包要用 Python $version（$system，$machine），没有找到；可用 PYTHON=/路径/python$version sh install.sh 指定。" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "错误：$python 缺 venv 模块（Debian、Ubuntu 上是 python3-venv 软件包）。" >&2
  exit 1
fi

echo "安装到 $target ……"
"$python" -m venv "$target"
"$target/bin/python" -m pip install --disable-pip-version-check --quiet --no-index --find-links "$here/wheels" \
  --require-hashes -r "$here/wheels.txt"
cp -R "$here/deploy" "$here/README.md" "$target/"
echo "建立索引……"
"$target/bin/fatiao" ingest
echo "完成。试一试："
echo "  $target/bin/fatiao ask 武汉的企业买科技保险有补助吗？"
echo "  $target/bin/fatiao ui"
echo "供一个单位使用，见 $target/README.md。"
