#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# The only program of the guest that suspend.sh boots: what it says after "# " is looked at there, with all alerts.
/bin/busybox --install -s /bin
export PATH=/bin LC_ALL=C TZ=UTC HOME=/tmp
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
exec </dev/null >/dev/console 2>&1

begin=$(date +%s)
milestone () {
  echo "[milestone $1]"
  echo "title = $1"
  echo "due = $(date -u -d @$((begin + $2)) +%Y-%m-%dT%H:%M:%SZ)"
}
since () {
  echo $(($(date +%s) - begin))
}
# How many hundredths of a second the machine has been up: no clock that is set below.
uptime_hundredths () {
  read -r up rest </proc/uptime
  echo "${up%.*}${up#*.}"
}
await () { # MILESTONE WORDS
  from=$(uptime_hundredths)
  until grep -q "\"milestone\":\"$1\"" /tmp/told || [ $(($(uptime_hundredths) - from)) -gt 1000 ]; do
    usleep 20000
  done
  echo "# $((($(uptime_hundredths) - from) * 10)) ms after $2: $1"
}

{
  echo "[truced]"
  echo "timezone = UTC"
  echo "alert-to = stdout"
  echo "lead = 0"
  milestone before 5
  milestone asleep1 15
  milestone asleep2 25
  milestone ahead 3000
  milestone after 7300
  milestone never 90000
} >/etc/truced.conf
truced --config /etc/truced.conf --state /state --bus none >/tmp/told 2>&1 &
sleep 7
slept=$(since)
echo +30 >/sys/class/rtc/rtc0/wakealarm
echo mem >/sys/power/state
echo "# slept $(($(since) - slept)) s"
await asleep2 "it woke"
date -s @$((begin + 3600)) >/dev/null # an hour ahead
await ahead "its clock was set"
date -s @$((begin + 60)) >/dev/null # and back
sleep 2
kill %1
wait %1
echo "# ended with status $?"
truced --config /etc/truced.conf --state /state --bus none >>/tmp/told 2>&1 &
sleep 2
date -s @$((begin + 7300)) >/dev/null
await after "its clock was set again"
kill %2
wait %2
cat /tmp/told
echo "# done"
reboot -f
