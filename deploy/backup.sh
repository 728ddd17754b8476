#!/bin/sh
# 备份记录：sh backup.sh [备份文件夹]。用服务的环境变量运行（见 fatiao.env），每天一次即可；索引不必备份，可以重建。
# 备份里有使用者的提问：与原库一样保管，过了保留期同样要删。
set -eu
umask 077
folder=${1:-/var/backups/fatiao}
keep=${FATIAO_BACKUP_DAYS:-30}
mkdir -p "$folder"
stamp=$(date +%Y%m%d-%H%M%S)

case ${FATIAO_DATABASE_URL:-} in
  postgres*)
    pg_dump --format=custom --file "$folder/records-$stamp.dump.part" "$(echo "$FATIAO_DATABASE_URL" | sed 's/^postgresql+psycopg:/postgresql:/')"
    mv "$folder/records-$stamp.dump.part" "$folder/records-$stamp.dump"
    ;;
  *)
    database=${FATIAO_DATABASE_URL:-}
    database=${database#sqlite:///}
    database=${database:-${FATIAO_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/fatiao}/records.sqlite}
    # 服务在运行时直接复制文件可能得到半截的库，所以用 SQLite 自己的备份
    "${PYTHON:-python3}" - "$database" "$folder/records-$stamp.sqlite" <<'PYTHON'
import sqlite3, sys
source = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
target = sqlite3.connect(sys.argv[2] + ".part")
source.backup(target)
source.close(), target.close()
import os
os.replace(sys.argv[2] + ".part", sys.argv[2])
PYTHON
    ;;
esac
find "$folder" -name 'records-*' -type f -mtime "+$keep" -delete
ls -l "$folder" | grep "$stamp"
