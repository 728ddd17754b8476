#!/bin/sh
# 升级：sh deploy/update.sh [目标文件夹]，在新安装包解开的文件夹里执行。不连接网络。
# 退回：sh 目标文件夹/deploy/update.sh --back [目标文件夹]，程序、索引和记录都回到升级以前（以后的对话随之不在）。
# 先停服务，做完再启动；装不成就自己退回。FATIAO_DATA_DIR 为索引和记录所在文件夹，FATIAO_SERVICE 为服务名。
set -eu
back=
[ "${1:-}" = --back ] && back=1 && shift
here=$(cd "$(dirname "$0")" && pwd)
case $here in */deploy) here=${here%/deploy} ;; esac
target=${1:-$HOME/fatiao}
data=${FATIAO_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/fatiao}
service=${FATIAO_SERVICE:-fatiao}
export FATIAO_DATA_DIR="$data"

running=
if command -v systemctl >/dev/null 2>&1 && systemctl is-active --quiet "$service" 2>/dev/null; then running=1; fi
stop() { [ -z "$running" ] || systemctl stop "$service"; }
start() { [ -z "$running" ] || systemctl start "$service"; }
version() { "$target/bin/python" -c 'from importlib.metadata import version; print(version("fatiao"))'; }
restore() {
  rm -rf "$target" && mv "$target.before" "$target"
  if [ -d "$data.before" ]; then rm -rf "$data" && mv "$data.before" "$data"; fi
}

if [ -n "$back" ]; then
  [ -d "$target.before" ] || { echo "错误：没有 $target.before，没有可以退回的版本。" >&2; exit 1; }
  stop
  restore
  start
  echo "已退回：$(version)。"
  [ -z "${FATIAO_DATABASE_URL:-}" ] || echo "记录在 PostgreSQL 里，请用升级前的备份恢复：pg_restore --clean --dbname ……" >&2
  exit 0
fi

[ -x "$target/bin/fatiao" ] || { echo "错误：$target 里没有法条助手；第一次安装用 sh install.sh $target。" >&2; exit 1; }
stop
rm -rf "$target.before" "$data.before"
if [ -d "$data" ]; then
  if [ -n "${FATIAO_DATABASE_URL:-}" ]; then "$target/bin/python" "$here/deploy/backup.py" "$data/backups"; fi
  cp -a "$data" "$data.before"
fi
mv "$target" "$target.before"
if ! sh "$here/install.sh" "$target"; then
  echo "没有装成，退回原来的版本。" >&2
  restore
  start
  exit 1
fi
if [ -d "$data.before" ]; then chown -R "$(stat -c %u:%g "$data.before")" "$data"; fi
start
echo "已升级：$(version)。退回：sh $target/deploy/update.sh --back $target"
