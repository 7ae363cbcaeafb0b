// What --help and its relatives print for a program that is started as python3.
#include "runtime/startup/help.h"

#include <cstdio>
#include "runtime/startup/own_executable.h"

namespace krait {
namespace {

constexpr const char* kOptions =
    "Options:\n"
    "-b       warn about str(bytes) and comparisons of bytes with str or int; -bb: raise\n"
    "-B       write no .pyc files (also PYTHONDONTWRITEBYTECODE)\n"
    "-c cmd   run the text; it ends the options\n"
    "-d       debug output of the parser (also PYTHONDEBUG); no effect\n"
    "-E       ignore the PYTHON* environment variables\n"
    "-h       print this and end (also -? and --help)\n"
    "-I       isolated: neither PYTHON* variables nor folders of the user\n"
    "-m mod   run a module of the program or of the library as a script; it ends the options\n"
    "-O       no assert statements, __debug__ is false; -OO: no docstrings either\n"
    "-P       put no unsafe folder in front of sys.path (also PYTHONSAFEPATH)\n"
    "-q       no version at the start\n"
    "-R       random hashes, whatever PYTHONHASHSEED says\n"
    "-s       no site folder of the user (also PYTHONNOUSERSITE)\n"
    "-S       do not import site\n"
    "-u       unbuffered stdout and stderr (also PYTHONUNBUFFERED)\n"
    "-v       report imports (also PYTHONVERBOSE); no effect\n"
    "-V       print the version and end (also --version)\n"
    "-W arg   a warning filter: action:message:category:module:line (also PYTHONWARNINGS)\n"
    "-x       skip the first line of the file\n"
    "-X opt   an option of the implementation, see --help-xoptions\n"
    "--check-hash-based-pycs always|default|never\n"
    "--help-env, --help-xoptions, --help-all\n"
    "Arguments:\n"
    "file     a script, a folder or an archive with __main__.py, or a .pyc file\n"
    "-        the text comes from standard input\n"
    "arg ...  sys.argv[1:]\n";

constexpr const char* kVariables =
    "Environment variables:\n"
    "PYTHONDONTWRITEBYTECODE  write no .pyc files\n"
    "PYTHONFAULTHANDLER       show tracebacks after a fatal signal\n"
    "PYTHONHASHSEED           seed of the hashes of str and bytes: a number, or random\n"
    "PYTHONHOME               no effect: the library is where the program was built with it\n"
    "PYTHONINTMAXSTRDIGITS    limit of conversions between int and str; 0: none\n"
    "PYTHONIOENCODING         encoding[:errors] of stdin, stdout and stderr\n"
    "PYTHONOPTIMIZE           as -O\n"
    "PYTHONPATH               folders in front of the library in sys.path\n"
    "PYTHONPYCACHEPREFIX      root of a tree for .pyc files\n"
    "PYTHONSAFEPATH           as -P\n"
    "PYTHONTRACEMALLOC        as -X tracemalloc: frames of each allocation to keep\n"
    "PYTHONUNBUFFERED         as -u\n"
    "PYTHONUTF8               1: UTF-8 whatever the locale says; 0: by the locale\n"
    "PYTHONWARNDEFAULTENCODING  as -X warn_default_encoding\n"
    "PYTHONWARNINGS           as -W, separated by commas\n";

constexpr const char* kImplementationOptions =
    "Options of the implementation:\n"
    "-X dev                   development mode: more checks, all warnings\n"
    "-X faulthandler          show tracebacks after a fatal signal\n"
    "-X int_max_str_digits=N  limit of conversions between int and str; 0: none\n"
    "-X pycache_prefix=PATH   root of a tree for .pyc files\n"
    "-X tracemalloc[=N]       trace allocations, with N frames (1) of each\n"
    "-X utf8[=0|1]            UTF-8 mode\n"
    "-X warn_default_encoding warn where open() takes the locale's encoding\n";

} // namespace

void printHelp(bool options, bool variables, bool implementation) {
  if (options) {
    printf("usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", ownExecutable().c_str());
    fputs(kOptions, stdout);
  }
  if (variables) fputs(kVariables, stdout);
  if (implementation) fputs(kImplementationOptions, stdout);
  fflush(stdout);
}

} // namespace krait
