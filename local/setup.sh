# Sourced by the commands of local mode: checks Node.js and installs the npm packages where they are not what the lock
# file says. Silent when there is nothing to do. Works with the bash 3.2 of macOS.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "local mode needs Node.js 20.19 or newer, with npm: https://nodejs.org/en/download" >&2
    exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    echo "local mode needs Node.js 20.19 or newer; $(command -v node) is $(node --version): https://nodejs.org/en/download" >&2
    exit 1
fi

# One set-up at a time: `npm ci` empties node_modules first.
install_packages() {
    local lock="$root/.local/npm-ci.lock" waiting=""
    mkdir -p "$root/.local"
    until mkdir "$lock" 2>/dev/null; do
        if ! kill -0 "$(cat "$lock/pid" 2>/dev/null || echo 0)" 2>/dev/null && [ -n "$waiting" ]; then
            rm -rf "$lock"
        fi
        [ -n "$waiting" ] || echo "waiting for another set-up to install the npm packages" >&2
        waiting=yes
        sleep 1
    done
    echo $$ >"$lock/pid"
    trap 'rm -rf "$lock"' EXIT
    if ! node "$root/local/setup/packagesInstalled.mjs"; then
        echo "installing the npm packages (npm ci)" >&2
        if ! (cd "$root" && npm ci --no-audit --no-fund --loglevel=error </dev/null >&2); then
            echo "npm ci failed: see above" >&2
            exit 1
        fi
    fi
    rm -rf "$lock"
    trap - EXIT
}

node "$root/local/setup/packagesInstalled.mjs" || install_packages
TSX="$root/node_modules/tsx/dist/cjs/index.cjs"
