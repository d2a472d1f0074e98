# Shared by the scripts beside it; to be sourced with `set -euo pipefail` in force.
# shellcheck shell=bash

HISTOLOGE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# What runs in production, and the contract.
# shellcheck disable=SC2034
HISTOLOGE_PRODUCTS=(histologe-intake histologe-scoring histologe-routing histologe-notification histologe-statistics
  histologe-images histologe histologe-gateway api_document)

# A whole build of one preset takes about 2 GB of compiler cache, precompiled headers included.
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-20G}

say() { printf '%s\n' "$*" >&2; }

# Runs as root, through sudo for a plain user.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "This needs root or sudo: $*"
    return 1
  fi
}

# The packages of tools/packages.txt that are not there yet.
missing_packages() {
  local wanted=() line
  while read -r line; do
    case "$line" in
      '' | '#'*) ;;
      *:*) command -v "${line%%:*}" >/dev/null || wanted+=("${line#*:}") ;;
      *) wanted+=("$line") ;;
    esac
  done < "$HISTOLOGE_ROOT/tools/packages.txt"
  LC_ALL=C comm -23 <(printf '%s\n' "${wanted[@]}" | LC_ALL=C sort) \
    <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^.i *//p' | LC_ALL=C sort)
}

# Installs what is missing. The packages' own system-wide servers are not started: ours are private, under the checkout.
install_packages() {
  local missing policy=/usr/sbin/policy-rc.d
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  say "Installing Debian packages: $(echo "$missing" | tr '\n' ' ')"
  local ours=no
  if [ ! -e "$policy" ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  local code=0
  # shellcheck disable=SC2086
  { as_root apt-get update -q=2 && as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q=2 -y --no-install-recommends $missing >/dev/null; } || code=$?
  [ "$ours" = no ] || as_root rm -f "$policy"
  if [ "$code" != 0 ]; then
    say "The packages could not be installed."
  fi
  return "$code"
}

# Prints the folder whose node_modules holds what DIR/package-lock.json says; installs it once, outside the sources.
node_packages() {
  local source=$1 mark folder
  mark=$(cat "$source/package.json" "$source/package-lock.json" | sha256sum | cut -c1-12)
  folder=$HISTOLOGE_ROOT/.run/node/$(basename "$source")-$mark
  if [ ! -e "$folder/complete" ]; then
    say "Installing the npm packages of ${source#"$HISTOLOGE_ROOT"/}"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$source/package.json" "$source/package-lock.json" "$folder/"
    (cd "$folder" && npm ci --ignore-scripts --no-update-notifier --no-audit --no-fund --loglevel=error >&2) || return 1
    touch "$folder/complete"
  fi
  printf '%s\n' "$folder"
}

configure_preset() {
  local log=$HISTOLOGE_ROOT/build/$1.configure.log
  mkdir -p "$HISTOLOGE_ROOT/build"
  if ! (cd "$HISTOLOGE_ROOT" && cmake --preset "$1") > "$log" 2>&1; then
    cat "$log" >&2
    return 1
  fi
}

# Configures and builds a preset. Usage: build_preset PRESET [TARGET...]
build_preset() {
  local preset=$1 build=$HISTOLOGE_ROOT/build/$1
  shift
  configure_preset "$preset"
  say "Building ($preset)"
  # Ninja draws its progress on one line of a terminal, and a line a step elsewhere: there, only what went wrong is shown.
  if [ -t 2 ]; then
    ninja -C "$build" "$@" >&2
  elif ! ninja -C "$build" "$@" > "$build.build.log" 2>&1; then
    grep -v '^\[' "$build.build.log" | tail -n 200 >&2
    return 1
  fi
}

# Lays the documentation page of the API where the gateway serves it from.
lay_documentation() {
  local packages page=$HISTOLOGE_ROOT/build/$1/api-doc name
  packages=$(node_packages "$HISTOLOGE_ROOT/deploy/api-doc") || return 1
  mkdir -p "$page"
  for name in swagger-ui.css swagger-ui-bundle.js favicon-32x32.png; do
    cp "$packages/node_modules/swagger-ui-dist/$name" "$page/"
  done
  cp "$HISTOLOGE_ROOT/deploy/api-doc/index.html" "$HISTOLOGE_ROOT/deploy/api-doc/page.js" "$page/"
}
