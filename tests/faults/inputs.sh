#!/bin/bash
# Bad inputs T24 to T31, T36 and T37 against the built program: what each costs, how it ends, and whether the good file
# beside it is read. Seconds are of processor time, so that they mean the same on a machine that has other things to do.
# Needs python3; with strace it also looks for files written or hosts asked.
#
#   tests/faults/inputs.sh [PROGRAM [CASE...]]      for example: tests/faults/inputs.sh target/release/throughline T26 T31
set -u
program=$(realpath "${1:-target/release/throughline}")
shift
here=$(dirname "$(realpath "$0")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 "$here/inputs.py" "$folder/cases" "$@"
failed=0
printf '%-32s %8s %6s %5s  %s\n' input CPU-s MB exit verdict
for case in "$folder"/cases/*/; do
  name=$(basename "$case")
  out="$folder/out"
  python3 "$here/cost.py" "$folder/cost" "$program" ingest "$case" >"$out.csv" 2>"$out.err"
  read -r seconds megabytes code <"$folder/cost"
  # What each may cost: seconds, megabytes.
  case $name in
    T24*) most="30 512" ;;
    T26*) most="10 1074" ;;
    *) most="5 1074" ;;
  esac
  read -r most_seconds most_megabytes <<<"$most"
  verdict=
  awk "BEGIN { exit !($seconds > $most_seconds) }" && verdict+=" too slow;"
  [ "$megabytes" -gt "$most_megabytes" ] && verdict+=" too much memory;"
  case $code in 0 | 3) ;; *) verdict+=" exit code $code;" ;; esac
  grep -Eq 'good.txt"?,text' "$out.csv" || verdict+=" the good file is lost;"
  grep -qi panicked "$out.err" && verdict+=" panic;"
  if command -v strace >/dev/null; then
    case $name in
      T27* | T28*)
        strace -f -e trace=openat,connect,creat,mkdir -o "$folder/trace" "$program" ingest "$case" >/dev/null 2>&1
        grep -Eq 'connect\(.*(AF_INET|sin_port)' "$folder/trace" && verdict+=" asked a host;"
        grep -Eq 'O_CREAT|escaped|etc/hostname' "$folder/trace" && verdict+=" touched a file it should not;"
        ;;
    esac
  fi
  said=$(grep -m1 -v good.txt "$out.err" | sed "s|$case||" | cut -c1-110)
  [ -n "$verdict" ] && failed=1
  printf '%-32s %8s %6s %5s  %s  %s\n' "$name" "$seconds" "$megabytes" "$code" "${verdict:-holds}" "$said"
done
exit $failed
