#!/usr/bin/env bash
# Opens reports in a headless Chromium. Wants node 20 and Chromium; what is missing is installed where that can be done, and
# where it cannot, says so: then nothing was tested, and that is no failure of the program. CHROMIUM and THROUGHLINE name
# other programs than /usr/bin/chromium and target/release/throughline; SHOTS a folder for pictures of every section.
set -euo pipefail
cd "$(dirname "$0")"
skip() { printf 'browser tests: NOT RUN: %s\n' "$1"; exit 0; }
install() {
  local root=""
  if [ "$(id -u)" != 0 ]; then root="sudo -n"; fi
  command -v apt-get >/dev/null || return 1
  timeout 300 $root apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 \
    || { timeout 120 $root apt-get update >/dev/null 2>&1 && timeout 300 $root apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1; }
}
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$CHROMIUM" ]; then install chromium || true; CHROMIUM=$(command -v chromium || true); fi
[ -n "$CHROMIUM" ] || skip "there is no Chromium, and it could not be installed"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
timeout 60 "$CHROMIUM" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --user-data-dir="$profile" --dump-dom about:blank >/dev/null 2>&1 \
  || skip "$CHROMIUM does not start"
if ! command -v npm >/dev/null; then install nodejs npm || true; fi
command -v npm >/dev/null || skip "there is no node with npm, and it could not be installed"
[ "$(node -p 'process.versions.node.split(".")[0] >= 20')" = true ] || skip "node is older than 20"
[ -d node_modules/playwright-core ] || timeout 120 npm ci --ignore-scripts --silent || skip "the packages of package-lock.json could not be installed"
CHROMIUM=$CHROMIUM timeout 900 node --test page.test.js
