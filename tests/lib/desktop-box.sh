#!/bin/bash
# SPDX-License-Identifier: MIT
# desktop-box.sh COMMAND...: runs it on a desktop of its own: a private session bus, an X server without a screen, and a notification
# server: dunst, or BOX_SERVER=notification-daemon or xfce4-notifyd. BOX_LOOK=dark or light.
# For the command: DISPLAY, DBUS_SESSION_BUS_ADDRESS, BOX (a folder that goes when it ends), SERVER_PID.
# When dunst asks which action is meant (as `dunstctl context` makes it), the line of $BOX/choice answers. Nothing stays behind.
set -euo pipefail

WAIT_SECONDS=30

if [ "${1-}" != --inside ]; then
  BOX=$(mktemp -d /tmp/truced-desktop.XXXXXX)
  trap 'rm -rf "$BOX"' EXIT
  export BOX HOME=$BOX XDG_RUNTIME_DIR=$BOX XDG_CONFIG_HOME=$BOX/config XDG_CACHE_HOME=$BOX/cache XDG_STATE_HOME=$BOX/state
  export GSETTINGS_BACKEND=memory NO_AT_BRIDGE=1 GTK_THEME=Adwaita:${BOX_LOOK:=dark}
  # The icon and the name, where they would be once truced is installed.
  icons=$BOX/data/icons/hicolor/scalable/apps
  mkdir -p "$icons" "$BOX/data/applications"
  cp "$SOURCE_ROOT/daemon/desktop/truced.svg" "$icons/"
  sed "s|@bindir@|/usr/bin|" "$SOURCE_ROOT/daemon/desktop/truced.desktop.in" >"$BOX/data/applications/truced.desktop"
  export XDG_DATA_DIRS=$BOX/data:/usr/local/share:/usr/share
  case $BOX_LOOK in
  dark) low="#20242c #b8c0cc" normal="#20304c #ffffff" critical="#7a1020 #ffffff" ;;
  light) low="#f4f5f7 #505866" normal="#ffffff #101418" critical="#ffd9d9 #400008" ;;
  esac
  # No service files: what is installed on this machine is not to be started.
  cat >"$BOX/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=$BOX</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
END
  cat >"$BOX/dunstrc" <<END
[global]
  monitor = 0
  width = 440
  height = 300
  origin = top-right
  offset = 16x16
  font = DejaVu Sans 11
  markup = full
  format = "<b>%s</b>\n%b"
  padding = 10
  horizontal_padding = 12
  frame_width = 2
  separator_height = 2
  idle_threshold = 0
  show_age_threshold = -1
  history_length = 100
  show_indicators = yes
  dmenu = $BOX/pick
  icon_path = $icons
  max_icon_size = 48
[urgency_low]
  background = "${low% *}"
  foreground = "${low#* }"
  timeout = 0
[urgency_normal]
  background = "${normal% *}"
  foreground = "${normal#* }"
  timeout = 0
[urgency_critical]
  background = "${critical% *}"
  foreground = "${critical#* }"
  frame_color = "#ff4040"
  timeout = 0
END
  printf '#!/bin/sh\nexec grep -m 1 -F "$(cat "%s/choice")"\n' "$BOX" >"$BOX/pick"
  chmod +x "$BOX/pick"
  status=0
  dbus-run-session --config-file="$BOX/bus.conf" -- "$0" --inside "$@" || status=$?
  exit $status
fi
shift

# The server picks a free display and writes its number.
mkfifo "$BOX/display"
Xvfb -displayfd 9 -screen 0 1024x640x24 -nolisten tcp -noreset 9>"$BOX/display" >/dev/null 2>"$BOX/xvfb.log" &
server=$!
read -r number <"$BOX/display"
export DISPLAY=:$number

case ${BOX_SERVER:=dunst} in
dunst) set_up="dunst -conf $BOX/dunstrc" ;;
notification-daemon) set_up=/usr/lib/notification-daemon/notification-daemon ;;
xfce4-notifyd) set_up=$(echo /usr/lib/*/xfce4/notifyd/xfce4-notifyd) ;;
esac
$set_up >"$BOX/server.log" 2>&1 &
export SERVER_PID=$!
deadline=$((SECONDS + WAIT_SECONDS))
until gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
  --method org.freedesktop.DBus.NameHasOwner org.freedesktop.Notifications 2>/dev/null | grep -q true; do
  if [ $SECONDS -ge $deadline ] || ! kill -0 $SERVER_PID; then
    echo "desktop-box: $BOX_SERVER did not come up:" >&2
    cat "$BOX/server.log" "$BOX/xvfb.log" >&2
    kill $SERVER_PID $server 2>/dev/null || true
    exit 1
  fi
  sleep 0.05
done

status=0
"$@" || status=$?
kill -CONT $SERVER_PID 2>/dev/null || true
kill $SERVER_PID $server 2>/dev/null || true
wait || true
exit $status
