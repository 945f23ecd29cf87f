# Node 24, the version the action runs on: the one on PATH if it is that, else npm's own `node` package.
if [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null)" != 24 ]; then
  command -v npm >/dev/null || die "node 24 is needed and there is no npm to fetch it with: install Node.js 24 from https://nodejs.org"
  say "node 24: fetching"
  npm install --silent --no-audit --no-fund --prefix "$tools/node24" node@24 >&2
  ln -sf "$tools/node24/node_modules/node/bin/node" "$tools/bin/node"
  hash -r
fi
[ "$(node -p 'process.versions.node.split(".")[0]')" = 24 ] || die "node on PATH is $(node --version), 24 is needed"
