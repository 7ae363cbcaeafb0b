# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# Users, groups, limits, locales, the log and terminals as the operating system has them.
import grp
import locale
import pwd
import resource
import syslog
import termios
import uuid
import warnings

warnings.simplefilter("ignore")
import crypt
import spwd

print(pwd.getpwuid(0), pwd.getpwnam("root").pw_dir, "root" in [p.pw_name for p in pwd.getpwall()])
print(grp.getgrgid(0), grp.getgrnam("root").gr_gid, "root" in [g[0] for g in grp.getgrall()])
print(resource.getrlimit(resource.RLIMIT_NOFILE) == resource.prlimit(0, resource.RLIMIT_NOFILE))
resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
print(resource.getrlimit(resource.RLIMIT_CORE)[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0, resource.getpagesize())
for bad in (lambda: pwd.getpwnam("nobody here"), lambda: pwd.getpwuid(99999), lambda: pwd.getpwuid(2**70), lambda: grp.getgrgid(88888),
            lambda: grp.getgrnam(1), lambda: termios.tcgetattr(open("/dev/null")), lambda: spwd.getspnam("nobody here"),
            lambda: resource.getrlimit(99), lambda: resource.setrlimit(0, (1,)), lambda: locale.setlocale(locale.LC_ALL, "none")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__module__, type(e).__name__, e)
print(crypt.crypt("word", "ab"), crypt.crypt("word", "$6$salt")[:20], uuid.uuid1().version)
print(locale.setlocale(locale.LC_ALL, "C.UTF-8"), locale.localeconv()["decimal_point"], locale.nl_langinfo(locale.CODESET))
print(locale.strcoll("a", "b") < 0, sorted(["b", "ä", "a"], key=locale.strxfrm), locale.gettext("text"))
syslog.openlog("name", syslog.LOG_PID)
print(syslog.LOG_MASK(3), syslog.LOG_UPTO(3), syslog.setlogmask(255), syslog.closelog())
