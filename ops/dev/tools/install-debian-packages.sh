#!/bin/sh
# Installs Debian or Ubuntu packages as root, without starting any server that they bring: ours run on ports of their own.
# usage: install-debian-packages.sh PACKAGE…
set -eu
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then # 101 is the documented answer for "this service may not be started now"
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
fi
apt-get -o DPkg::Lock::Timeout=300 update
apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "$@"
