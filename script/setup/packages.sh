# The packages of package-lock.json.
if [ ! -e "$root/node_modules/.package-lock.json" ] || [ "$root/package-lock.json" -nt "$root/node_modules/.package-lock.json" ]; then
  # npm ci wants the packages of every platform in the lock file; a registry may lack some when it is made. Installing
  # by the same lock without saving it gives the same versions.
  (cd "$root" && { npm ci --no-audit --no-fund --silent || npm install --no-save --no-audit --no-fund --loglevel error; }) >&2
fi
