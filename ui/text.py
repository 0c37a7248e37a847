"""Times, dates, durations and sizes in words, in the language that is on.

Instants are milliseconds since the epoch (UTC), as everywhere; the wall clock of the site (`zone`) appears
only here. All functions are pure but for the language: they ask Qt's translators and default QLocale.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EXACT_HOURS_BELOW = 2 * DAY
"""Up to here a length is told in hours and minutes, beyond in days."""
WHOLE_HOURS_FROM = 10 * HOUR
"""From here on a due time is told in hours without minutes."""
LATE_WHOLE_HOURS_FROM = 2 * HOUR
"""The same for one that has passed: how late to the minute changes nothing any more. Before that it is minutes."""


# The name lupdate looks for.
translate = QCoreApplication.translate


def refusal(said: BaseException | str) -> str:
    """What a service refused, or the sentence of its error, in the language that is on; "" of nothing."""
    words = str(said) or (type(said).__name__ if isinstance(said, BaseException) else "")
    if not words:
        return ""
    from app.refusals import in_language  # only when something is refused: nothing of it is needed at the start

    return in_language(words, QLocale().name())


class Counted(QObject):
    """The words that change with a count: lupdate finds plurals only in `tr` of a class. Of a class that others inherit
    they would not be found (the first of the classes that is asked answers with the count put in): such words stand
    here."""

    def due_in_days(self, days: int) -> str:
        """Due, whole days ahead."""
        return self.tr("due in %n day(s)", "", days)

    def overdue_by_days(self, days: int) -> str:
        """Overdue, whole days."""
        return self.tr("overdue by %n day(s)", "", days)

    def in_days(self, days: int) -> str:
        """A coming day."""
        return self.tr("in %n day(s)", "", days)

    def pages(self, count: int) -> str:
        """How many pages."""
        return self.tr("%n page(s)", "", count)

    def cases(self, count: int) -> str:
        """How many cases."""
        return self.tr("%n case(s)", "", count)

    def open_cases(self, count: int) -> str:
        """How many open cases."""
        return self.tr("%n open case(s)", "", count)

    def earlier_entries(self, count: int) -> str:
        """What a long timeline leaves out."""
        return self.tr("Show %Ln earlier entr(y/ies)", "", count)

    def helped_alike(self, tried: int) -> str:
        """In how many cases an article was tried."""
        return self.tr("helped in {helped} of %Ln case(s) like this", "", tried)

    def rows(self, count: int) -> str:
        """How many rows of a file."""
        return self.tr("%Ln row(s)", "", count)

    def rows_left_out(self, count: int) -> str:
        """How many rows were not taken."""
        return self.tr("%Ln row(s) left out", "", count)


def duration(length: int) -> str:
    """A length of time in milliseconds, to the minute: "35 min", "2 h 10 min", "3 d 4 h", "less than 1 min".

    Negative lengths are told as if positive: the words around them say which way.
    """
    minutes = abs(length) // MINUTE
    if minutes < 1:
        return translate("text", "less than 1 min")
    if minutes < 60:
        return translate("text", "{minutes} min").format(minutes=minutes)
    if abs(length) < EXACT_HOURS_BELOW:
        hours, rest = divmod(minutes, 60)
        if rest == 0:
            return translate("text", "{hours} h").format(hours=hours)
        return translate("text", "{hours} h {minutes} min").format(hours=hours, minutes=rest)
    days, rest = divmod(minutes // 60, 24)
    if rest == 0:
        return translate("text", "{days} d").format(days=days)
    return translate("text", "{days} d {hours} h").format(days=days, hours=rest)


def worked(length: int) -> str:
    """Working time in milliseconds, to the minute: "35 min", "2 h 10 min", "72 h". In hours however long: a day of
    24 hours is nobody's working day, and "3 d" would be taken for one."""
    if abs(length) < EXACT_HOURS_BELOW:
        return duration(length)
    hours, rest = divmod(abs(length) // MINUTE, 60)
    if rest == 0:
        return translate("text", "{hours} h").format(hours=number(hours))
    return translate("text", "{hours} h {minutes} min").format(hours=number(hours), minutes=rest)


def minutes(count: int) -> str:
    """Minutes of work or of a target, as `worked`."""
    return translate("text", "0 min") if count == 0 else worked(count * MINUTE)


def due(due_at: int | None, now: int) -> str:
    """A due time seen from now: "due in 2 h 10 min", "due in 3 days", "overdue by 35 min", "" when none."""
    if due_at is None:
        return ""
    left = due_at - now
    if abs(left) < MINUTE:
        return translate("text", "due now")
    if abs(left) >= EXACT_HOURS_BELOW:
        days = abs(left) // DAY
        return Counted().due_in_days(days) if left > 0 else Counted().overdue_by_days(days)
    words = translate("text", "due in {time}") if left > 0 else translate("text", "overdue by {time}")
    # Nobody plans by the minute ten hours ahead, and the shorter words fit the column.
    length = abs(left)
    if left < 0 and length < LATE_WHOLE_HOURS_FROM:
        # Also above an hour: "überfällig seit 1 Std. 34 Min." is wider than any other due time, and was cut.
        return words.format(time=translate("text", "{minutes} min").format(minutes=length // MINUTE))
    whole = length >= WHOLE_HOURS_FROM or left < 0
    return words.format(time=duration(length - length % HOUR if whole else length))


def due_short(due_at: int | None, now: int) -> str:
    """The same for a narrow column: "2 h 10 min", "−35 min" (a minus sign says overdue), "" when none."""
    if due_at is None:
        return ""
    left = due_at - now
    if abs(left) < MINUTE:
        return translate("text", "now")
    return duration(left) if left > 0 else f"−{duration(left)}"


def ago(at: int, now: int, zone: tzinfo) -> str:
    """A past instant: "just now", "5 min ago", "3 h ago", "yesterday 14:05", "Tue 14:05", then the date."""
    passed = now - at
    if passed < MINUTE:
        return translate("text", "just now") if passed > -MINUTE else moment(at, zone)
    if passed < HOUR:
        return translate("text", "{minutes} min ago").format(minutes=passed // MINUTE)
    day, today = _local(at, zone).date(), _local(now, zone).date()
    if day == today:
        return translate("text", "{hours} h ago").format(hours=passed // HOUR)
    if (today - day).days == 1:
        return translate("text", "yesterday {time}").format(time=clock(at, zone))
    if (today - day).days < 7:
        return f"{weekday(day)} {clock(at, zone)}"
    return moment(at, zone)


def in_words(at: int, now: int, zone: tzinfo) -> str:
    """A coming instant: "in 20 min", "in 5 h", "tomorrow 08:00", "in 3 days"; a past one as `ago`."""
    left = at - now
    if left < MINUTE:
        return ago(at, now, zone) if left <= -MINUTE else translate("text", "now")
    if left < HOUR:
        return translate("text", "in {minutes} min").format(minutes=left // MINUTE)
    days = (_local(at, zone).date() - _local(now, zone).date()).days
    if days == 0:
        return translate("text", "in {hours} h").format(hours=left // HOUR)
    if days == 1:
        return translate("text", "tomorrow {time}").format(time=clock(at, zone))
    return Counted().in_days(days)


def clock(at: int, zone: tzinfo, seconds: bool = False) -> str:
    """The wall clock of the site: "14:05", with seconds "14:05:31". 24 hours in both languages."""
    return _local(at, zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def day(value: str | date) -> str:
    """A date (ISO or date) as the language writes it in full figures: "15.11.2026", "15/11/2026"."""
    shown = date.fromisoformat(value) if isinstance(value, str) else value
    locale = QLocale()
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat)
    if "yyyy" not in pattern:  # two figures of a year read as a day
        pattern = pattern.replace("yy", "yyyy")
    return locale.toString(QDate(shown.year, shown.month, shown.day), pattern)


def day_in_full(value: str | date) -> str:
    """A date with its weekday: "Sonntag, 15. November 2026"."""
    shown = date.fromisoformat(value) if isinstance(value, str) else value
    return QLocale().toString(QDate(shown.year, shown.month, shown.day), QLocale.FormatType.LongFormat)


def moment(at: int, zone: tzinfo) -> str:
    """Date and wall clock: "15.11.2026 14:05"."""
    return f"{day(_local(at, zone).date())} {clock(at, zone)}"


def moment_in_full(at: int, zone: tzinfo) -> str:
    """For tool tips: weekday, date, time with seconds."""
    return f"{day_in_full(_local(at, zone).date())}, {clock(at, zone, seconds=True)}"


def weekday(value: date, short: bool = True) -> str:
    """The name of the day: "Tue"."""
    kind = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(value.isoweekday(), kind).rstrip(".")


def number(count: int) -> str:
    """A whole number with the separators of the language: "1.000.000"."""
    return QLocale().toString(count)


def decimal(value: float, places: int = 1) -> str:
    """A number with a fixed count of decimals: "12,5"."""
    return QLocale().toString(value, "f", places)


def size(count: int) -> str:
    """A size in bytes: "340 kB", "1.2 MB" (powers of 1000, as file managers show)."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def pages(count: int) -> str:
    """How many pages: "1 page", "12 pages"."""
    return Counted().pages(count)


def cases(count: int) -> str:
    """How many cases: "1 case", "12 cases"."""
    return Counted().cases(count)


def open_cases(count: int) -> str:
    """How many open cases: "1 open case"."""
    return Counted().open_cases(count)


def earlier_entries(count: int) -> str:
    """To be clicked on: "Show 12 earlier entries"."""
    return Counted().earlier_entries(count)


def helped_alike(helped: int, tried: int) -> str:
    """How often an article helped in cases like this one."""
    return Counted().helped_alike(tried).format(helped=number(helped))


def rows(count: int) -> str:
    """How many rows of a file: "1 row", "12,000 rows"."""
    return Counted().rows(count)


def rows_left_out(count: int) -> str:
    """How many of them were not taken: "1 row left out"."""
    return Counted().rows_left_out(count)


def _local(at: int, zone: tzinfo) -> datetime:
    seconds, rest = divmod(at, 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000).astimezone(zone)
