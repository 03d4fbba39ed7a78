#!/usr/bin/env bash
# Plays a year of monthly arrivals on the shipped study and prints what a schedule would have mailed each month.
#
#     docs/year_of_arrivals.sh > docs/year-of-arrivals.md
#
# The fifty notes are released in the order of their years of publication, four or five a month; nothing comes in August. In
# between people do what people do: a pattern is added, a candidate theme is put away, one is given a name, a note is mended.
# THROUGHLINE names the program, target/release/throughline without it.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program=${THROUGHLINE:-$root/target/release/throughline}
study=integrated-childrens-services
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp -r "$root/config" "$place"
corpus=$place/corpus/$study
mkdir -p "$corpus"
cp "$root/corpus/$study/CODING.csv" "$corpus"
cd "$place"
mapfile -t notes < <(grep -H '^year:' "$root/corpus/$study/"*.md | sed -E 's/^(.*):year: *"?([0-9]+).*/\2 \1/' | sort)

# The line of the crontab, as cron would run it.
command=$("$program" schedule --print cron | grep -v '^#' | cut -d' ' -f6-)
command=${command//"'$PWD'"/"'$place'"}

cat <<'HEAD'
# A year of arrivals

What a schedule said, month by month, while the notes of the shipped study arrived in the order of their years of publication.
Made by `docs/year_of_arrivals.sh`, which runs the very line that `throughline schedule --print cron` gives; each block is the
e-mail that cron would have sent. Where a month has none, nothing was printed, and cron sends nothing.
HEAD
done_notes=0
for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
    wanted=$((${#notes[@]} * 10#$month / 12))
    [ $month != 08 ] || wanted=$done_notes
    years=
    for ((n = done_notes; n < wanted; n++)); do
        cp "${notes[$n]#* }" "$corpus"
        years="$years ${notes[$n]%% *}"
    done
    printf '\n## %s 2026\n\n' "$(LC_ALL=C date -d "2026-$month-01" +%B)"
    if [ -n "$years" ]; then
        printf 'Arrives: %s notes, published %s to %s.\n' $((wanted - done_notes)) "$(echo $years | cut -d' ' -f1)" "$(echo $years | awk '{ print $NF }')"
    else
        echo "Nothing arrives."
    fi
    done_notes=$wanted
    case $month in
        04) echo "The lexicon is edited: \`leadership\` gains the pattern \`champion*\`."
            sed -i '0,/^patterns = \[/s//patterns = [\n    "champion*",/' "config/themes/$study/leadership.toml" ;;
        06) first=$("$program" candidate list --format csv | grep ,proposed, | head -1 | cut -d, -f1)
            printf '`throughline candidate dismiss %s`: ' "$first"
            "$program" --now "2026-$month-01T06:00:00Z" candidate dismiss "$first" ;;
        09) first=$("$program" candidate list --format csv | grep ,proposed, | head -1 | cut -d, -f1)
            printf '`throughline candidate rename %s watched`: ' "$first"
            "$program" --now "2026-$month-01T06:00:00Z" candidate rename "$first" watched ;;
        10) mended=$(ls "$corpus"/*.md | head -1)
            echo "A note is mended: $(basename "$mended") gains a sentence."
            printf '\nThe lack of funding was felt throughout.\n' >> "$mended" ;;
    esac
    code=0
    said=$(SOURCE_DATE_EPOCH=$(date -u -d "2026-$month-05T06:17:00Z" +%s) sh -c "$command" 2>&1) || code=$?
    if [ -n "$said" ]; then
        printf '\n```text\n%s\n```\n\nExit code %s.\n' "${said//"$place/"/}" $code
    else
        printf '\nNo e-mail; exit code %s.\n' $code
    fi
done
printf '\n## What is known of the candidates at the end\n\n```text\n%s\n```\n' "$("$program" candidate list | cut -c1-150)"
printf '\n## Proof\n\n```text\n%s\n```\n' "$("$program" verify --against-scratch)"
