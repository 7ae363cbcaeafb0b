# python3-arrow python3-croniter python3-babel: times, schedules and locales.
import arrow, croniter, datetime
from babel import Locale, dates, numbers, lists, plural, units
a = arrow.get("2013-05-11T21:23:58.970460+07:00")
print(a, a.to("UTC"), a.shift(months=-1, weekday=0), a.floor("week"), a.humanize(a.shift(hours=-3)), a.format("dddd, D MMM YYYY ZZ"), a.range("day", a, a.shift(days=2)).__class__.__name__, arrow.get("1 Jan 2020", "D MMM YYYY"), a.humanize(a.shift(days=5), locale="de"), a.span("month")[1])
try: arrow.get("nope")
except Exception as e: print(type(e).__name__, str(e)[:60])
it = croniter.croniter("*/15 2-4 * * mon-fri", datetime.datetime(2020, 2, 28, 4, 40))
print([str(it.get_next(datetime.datetime)) for _ in range(3)], it.get_prev(datetime.datetime), croniter.croniter.is_valid("61 * * * *"))
d = datetime.datetime(2007, 4, 1, 15, 30)
for loc in ("en_US", "de", "fr_CH", "ja", "ar"):
    print(dates.format_datetime(d, locale=loc), dates.format_date(d, "full", locale=loc), numbers.format_currency(1234567.891, "EUR", locale=loc), numbers.format_decimal(-12345.678, locale=loc), numbers.format_percent(0.345, locale=loc), lists.format_list(["a", "b", "c"], locale=loc), dates.format_timedelta(datetime.timedelta(days=3), locale=loc))
print(Locale.parse("zh_Hans_CN").get_display_name("en"), Locale("pl").plural_form(5), plural.to_python({"one": "n is 1", "few": "n in 2..4"})(3), units.format_unit(12, "length-meter", locale="en"), numbers.parse_decimal("1.099,98", locale="de"))
try: Locale.parse("xx_YY")
except Exception as e: print(type(e).__name__, e)
