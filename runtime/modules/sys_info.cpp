// Constants of sys: version, flags, limits of number types.
#include "runtime/modules/io/io_objects.h"
#include "runtime/modules/sys_info.h"

#include <algorithm>
#include <cfloat>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
#include <string>

#include "runtime/abi/machine.h"
#include "runtime/builtins/site_objects.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/path_argument.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/command_line.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

namespace krait {

RuntimeFlags runtimeFlags;

namespace {

constexpr int kMajor = 3, kMinor = 11, kMicro = 2;
constexpr char kVersionText[] = "3.11.2 (krait, Jan 01 2026, 00:00:00) [Clang 19.1.7]";

constinit const char* const versionFields[] = {"major", "minor", "micro", "releaselevel", "serial"};
constinit const StructSequenceDef versionDef = {versionFields, 5, 5};
KRAIT_STRUCT_SEQUENCE_TYPE(versionInfoType, "sys.version_info");

constinit const char* const flagFields[] = {
    "debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment",
    "verbose", "bytes_warning", "quiet", "hash_randomization", "isolated", "dev_mode", "utf8_mode", "warn_default_encoding",
    "safe_path", "int_max_str_digits"};
constinit const StructSequenceDef flagsDef = {flagFields, 18, 18};
KRAIT_STRUCT_SEQUENCE_TYPE(flagsType, "sys.flags");

constinit const char* const floatFields[] = {"max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp",
                                             "dig", "mant_dig", "epsilon", "radix", "rounds"};
constinit const StructSequenceDef floatDef = {floatFields, 11, 11};
KRAIT_STRUCT_SEQUENCE_TYPE(floatInfoType, "sys.float_info");

constinit const char* const intFields[] = {"bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"};
constinit const StructSequenceDef intDef = {intFields, 4, 4};
KRAIT_STRUCT_SEQUENCE_TYPE(intInfoType, "sys.int_info");

constinit const char* const hashFields[] = {"width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"};
constinit const StructSequenceDef hashDef = {hashFields, 9, 9};
KRAIT_STRUCT_SEQUENCE_TYPE(hashInfoType, "sys.hash_info");

constinit const char* const threadFields[] = {"name", "lock", "version"};
constinit const StructSequenceDef threadDef = {threadFields, 3, 3};
KRAIT_STRUCT_SEQUENCE_TYPE(threadInfoType, "sys.thread_info");

Value small(int64_t v) { return newInt(v); }

Value makeVersion() {
  Value v[] = {small(kMajor), small(kMinor), small(kMicro), newStr("final"), small(0)};
  return newStructSequence(&versionInfoType, &versionDef, v);
}
Value makeFlags() {
  const RuntimeFlags& f = runtimeFlags;
  Value v[] = {small(f.debug), small(f.inspect), small(f.interactive), small(f.optimize), small(f.dontWriteBytecode),
               small(f.noUserSite), small(f.noSite), small(f.ignoreEnvironment), small(f.verbose), small(f.bytesWarning),
               small(f.quiet), small(f.hashRandomization), small(f.isolated), boolean(f.devMode), small(f.utf8Mode),
               small(f.warnDefaultEncoding), boolean(f.safePath), small(f.intMaxStrDigits)};
  return newStructSequence(&flagsType, &flagsDef, v);
}
Value makeFloatInfo() {
  Value v[] = {newFloat(DBL_MAX), small(DBL_MAX_EXP), small(DBL_MAX_10_EXP), newFloat(DBL_MIN), small(DBL_MIN_EXP),
               small(DBL_MIN_10_EXP), small(DBL_DIG), small(DBL_MANT_DIG), newFloat(DBL_EPSILON), small(FLT_RADIX), small(1)};
  return newStructSequence(&floatInfoType, &floatDef, v);
}
Value makeIntInfo() {
  Value v[] = {small(30), small(4), small(4300), small(640)};
  return newStructSequence(&intInfoType, &intDef, v);
}
Value makeHashInfo() {
  Value v[] = {small(64), small((int64_t{1} << 61) - 1), small(314159), small(0), small(1000003), newStr("siphash13"),
               small(64), small(128), small(0)};
  return newStructSequence(&hashInfoType, &hashDef, v);
}
Value makeThreadInfo() {
  Value v[] = {newStr("pthread"), newStr("semaphore"), newStr("NPTL 2.36")};
  return newStructSequence(&threadInfoType, &threadDef, v);
}

constexpr const char* kStdlibNames =
    "__future__ _abc _aix_support _ast _asyncio _bisect _blake2 _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk "
    "_codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _compat_pickle _compression "
    "_contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _elementtree _frozen_importlib "
    "_frozen_importlib_external _functools _gdbm _hashlib _heapq _imp _io _json _locale _lsprof _lzma _markupbase _md5 "
    "_msi _multibytecodec _multiprocessing _opcode _operator _osx_support _overlapped _pickle _posixshmem _posixsubprocess "
    "_py_abc _pydecimal _pyio _queue _random _scproxy _sha1 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket _sqlite3 "
    "_sre _ssl _stat _statistics _string _strptime _struct _symtable _thread _threading_local _tkinter _tokenize "
    "_tracemalloc _typing _uuid _warnings _weakref _weakrefset _winapi _zoneinfo abc aifc antigravity argparse array ast "
    "asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk "
    "cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy "
    "copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings "
    "ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt "
    "getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io "
    "ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap "
    "modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os "
    "ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile "
    "pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource "
    "rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket "
    "socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess "
    "sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit "
    "tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest "
    "urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile "
    "zipimport zlib zoneinfo";

Value stdlibNames() {
  Ref list(newList(0));
  for (const char* p = kStdlibNames; list && *p;) {
    size_t n = strcspn(p, " ");
    Ref name(newStr({p, n}));
    if (!name || listAppend(list, name) < 0) return Value();
    p += n + (p[n] == ' ');
  }
  return list ? newFrozenSet(list) : Value();
}

constexpr const char* kNativeNames[] = {
#define KRAIT_NATIVE_MODULE(identifier, name) name,
#include "runtime/abi/modules.def"
#undef KRAIT_NATIVE_MODULE
};

Value builtinNames() {
  size_t n = sizeof kNativeNames / sizeof *kNativeNames;
  Ref t(newTuple(static_cast<int64_t>(n)));
  for (size_t i = 0; t && i < n; ++i) asTuple(t)->items[i] = newStr(kNativeNames[i]);
  Ref list(t ? toList(t) : Value());
  if (!list || listSort(list, Value(), false) < 0) return Value();
  return listToTuple(list);
}

Value warningOptions() {
  Ref list(newList(0));
  for (const std::string& option : commandLine().warnings) {
    Ref text(list ? decodeFileSystem(option.data(), option.size()) : Value());
    if (!text || listAppend(list, text) < 0) return Value();
  }
  return list.release();
}
/// -X name or -X name=value.
Value implementationOptions() {
  Ref options(newDict());
  for (const std::string& option : commandLine().implementation) {
    const size_t equals = option.find('=');
    Ref name(options ? decodeFileSystem(option.data(), std::min(equals, option.size())) : Value());
    Ref value(equals == std::string::npos ? boolean(true) : decodeFileSystem(option.data() + equals + 1, option.size() - equals - 1));
    if (!name || !value || dictSet(options, name, value) < 0) return Value();
  }
  return options.release();
}

Value makeImplementation(Value version) {
  Ref types(newDict());
  Ref name(newStr("krait")), tag(newStr("krait-311")), multiarch(newStr(kMachineName));
  if (!types || dictSet(types, "name", name) < 0 || dictSet(types, "cache_tag", tag) < 0 ||
      dictSet(types, "version", version) < 0 ||
      dictSet(types, "hexversion", Value::ofSmallInt(kMajor << 24 | kMinor << 16 | kMicro << 8 | 0xf0)) < 0 ||
      dictSet(types, "_multiarch", multiarch) < 0)
    return Value();
  return callTupleDict(asValue(&simpleNamespaceType), emptyTuple(), types);
}

} // namespace

const char* pythonVariable(const char* name) {
  const char* v = runtimeFlags.ignoreEnvironment ? nullptr : getenv(name);
  return v && *v ? v : nullptr;
}

void setIntegerDigits(const char* text, const char* where) {
  char* end;
  const long long n = strtoll(text, &end, 10);
  if (!*text || *end || (n != 0 && n < 640)) {
    fprintf(stderr, "Fatal Python error: config_init_int_max_str_digits: %s: invalid limit; must be >= 640 or 0 for unlimited.\n"
                    "Python runtime state: preinitialized\n\n", where);
    _exit(1);
  }
  intMaxStrDigits = runtimeFlags.intMaxStrDigits = n;
}

void setTracedFrames(const char* text, const char* where) {
  char* end;
  const long n = strtol(text, &end, 10);
  if (!*text || *end || n < 0 || n > 65535) {
    fprintf(stderr, "Fatal Python error: config_init_tracemalloc: %s: invalid number of frames\n"
                    "Python runtime state: preinitialized\n\n", where);
    _exit(1);
  }
  runtimeFlags.tracedFrames = static_cast<int>(n);
}

void readEnvironment() {
  // A number is a level; any other text means once. An option may have asked for more.
  auto level = [](const char* name, int given) {
    const char* v = pythonVariable(name);
    if (!v) return given;
    char* end;
    const long n = strtol(v, &end, 10);
    return std::max(given, *end != 0 || n < 0 ? 1 : static_cast<int>(n));
  };
  RuntimeFlags& f = runtimeFlags;
  f.debug = level("PYTHONDEBUG", f.debug);
  f.inspect = level("PYTHONINSPECT", f.inspect);
  f.verbose = level("PYTHONVERBOSE", f.verbose);
  f.optimize = level("PYTHONOPTIMIZE", f.optimize);
  f.dontWriteBytecode |= pythonVariable("PYTHONDONTWRITEBYTECODE") != nullptr;
  f.noUserSite |= pythonVariable("PYTHONNOUSERSITE") != nullptr;
  f.devMode |= pythonVariable("PYTHONDEVMODE") != nullptr;
  f.safePath |= pythonVariable("PYTHONSAFEPATH") != nullptr;
  f.warnDefaultEncoding |= pythonVariable("PYTHONWARNDEFAULTENCODING") != nullptr;
  f.unbuffered |= pythonVariable("PYTHONUNBUFFERED") != nullptr;
  f.faultHandler |= pythonVariable("PYTHONFAULTHANDLER") != nullptr;
  f.noDebugRanges |= pythonVariable("PYTHONNODEBUGRANGES") != nullptr;
  const char* utf8 = pythonVariable("PYTHONUTF8");
  if (f.utf8Mode < 0 && utf8) {
    if (strcmp(utf8, "0") != 0 && strcmp(utf8, "1") != 0) {
      fputs("Fatal Python error: preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value\n"
            "Python runtime state: preinitializing\n\n", stderr);
      _exit(1);
    }
    f.utf8Mode = utf8[0] == '1';
  }
  const bool isPlain = io::isPlainLocale();
  if (f.utf8Mode < 0) f.utf8Mode = isPlain; // PEP 540
  if (isPlain) io::replacePlainLocale();
  const char* seed = pythonVariable("PYTHONHASHSEED");
  f.hashRandomization = f.ignoreHashSeed || !(seed && strcmp(seed, "0") == 0);
  if (const char* digits = pythonVariable("PYTHONINTMAXSTRDIGITS")) setIntegerDigits(digits, "PYTHONINTMAXSTRDIGITS");
  if (const char* frames = pythonVariable("PYTHONTRACEMALLOC"); frames && *frames) setTracedFrames(frames, "PYTHONTRACEMALLOC");
  if (const char* prefix = pythonVariable("PYTHONPYCACHEPREFIX")) f.pycachePrefix = prefix;
}

int32_t addSysInfo(Value d) {
  auto put = [d](const char* key, Value owned) {
    Ref v(owned);
    return v && dictSet(d, key, v) == 0;
  };
  for (Type* t : {&versionInfoType, &flagsType}) t->flags |= kTypeDisallowInstantiation;
  Ref version(makeVersion());
  bool ok = version && put("version_info", newRef(version)) && put("version", newStr(kVersionText)) &&
            put("hexversion", small(kMajor << 24 | kMinor << 16 | kMicro << 8 | 0xf0)) && put("api_version", small(1013)) &&
            put("implementation", makeImplementation(version)) && put("flags", makeFlags()) &&
            put("float_info", makeFloatInfo()) && put("int_info", makeIntInfo()) && put("hash_info", makeHashInfo()) &&
            put("thread_info", makeThreadInfo()) && put("maxsize", newInt(INT64_MAX)) && put("maxunicode", small(0x10ffff)) &&
            put("byteorder", newStr("little")) && put("platform", newStr("linux")) && put("float_repr_style", newStr("short")) &&
            put("copyright", newStr(kCopyright)) && put("prefix", newStr("/usr")) &&
            put("exec_prefix", newStr("/usr")) && put("base_prefix", newStr("/usr")) && put("base_exec_prefix", newStr("/usr")) &&
            put("platlibdir", newStr("lib")) && put("abiflags", newStr("")) && put("_framework", newStr("")) && put("_home", none()) &&
            put("pycache_prefix", runtimeFlags.pycachePrefix.empty() ? newRef(none()) : newStr(runtimeFlags.pycachePrefix)) && put("dont_write_bytecode", boolean(runtimeFlags.dontWriteBytecode)) &&
            put("warnoptions", warningOptions()) && put("_xoptions", implementationOptions()) && put("stdlib_module_names", stdlibNames()) &&
            put("builtin_module_names", builtinNames()) && put("_stdlib_dir", newStr(kStandardLibrary));
  if (!ok) return -1;
  Ref git(newTuple({Ref(newStr("Krait")).get(), emptyStr(), emptyStr()}));
  return git ? dictSet(d, "_git", git) : -1;
}

} // namespace krait
