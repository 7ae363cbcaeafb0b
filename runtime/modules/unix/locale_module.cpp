// _locale: the C library's locales, collation and message catalogues.
#include <cerrno>
#include <climits>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <langinfo.h>
#include <libintl.h>
#include <vector>
#include "runtime/modules/module_constants.h"
#include "runtime/modules/module_exception.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/unix/character_locale.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

const Type* errorType; // _locale.Error

/// Text in the current locale's encoding.
Value decodeLocal(const char* s) {
  std::mbstate_t state{};
  std::vector<uint32_t> characters;
  for (size_t left = strlen(s); left;) {
    wchar_t c;
    const size_t n = mbrtowc(&c, s, left, &state);
    if (n == 0 || n > left) return decodeFileSystem(s, strlen(s));
    characters.push_back(static_cast<uint32_t>(c));
    s += n;
    left -= n;
  }
  return newStrFromUcs4(characters.data(), characters.size());
}

Value setLocale(Value, const Value* argv) {
  int category = 0;
  if (!intArgument(argv[0], &category)) return Value();
  const bool change = argv[1] && !isNone(argv[1]);
  if (change && !isStr(argv[1])) return raise(TypeErrorType, "setlocale() argument 2 must be str or None, not %T", argv[1]);
  const char* result;
  if (change) {
    Utf8 name(argv[1]);
    if (!name.ok()) return Value();
    result = setlocale(category, name.data());
    if (!result) return raise(*errorType, "unsupported locale setting");
  } else {
    result = setlocale(category, nullptr);
    if (!result) return raise(*errorType, "locale query failed");
  }
  return decodeLocal(result);
}

/// A grouping string as a list of numbers that ends with 0, or CHAR_MAX.
Value groupingList(const char* s) {
  Ref list(newList(0));
  const char* p = s;
  for (; list && *p != 0 && *p != CHAR_MAX; ++p)
    if (listAppend(list, Value::ofSmallInt(*p)) < 0) return Value();
  if (list && *s && listAppend(list, Value::ofSmallInt(*p)) < 0) return Value();
  return list.release();
}

Value convention(Value) {
  const lconv* l = localeconv();
  Ref d(newDict());
  auto put = [&](const char* key, Value owned) {
    Ref v(owned);
    return v && d && dictSet(d, key, v) == 0;
  };
  auto text = [&](const char* key, const char* s) { return put(key, decodeLocal(s)); };
  auto number = [&](const char* key, char n) { return put(key, Value::ofSmallInt(n)); };
  const bool good =
      number("int_frac_digits", l->int_frac_digits) && number("frac_digits", l->frac_digits) && number("p_cs_precedes", l->p_cs_precedes) &&
      number("p_sep_by_space", l->p_sep_by_space) && number("n_cs_precedes", l->n_cs_precedes) && number("n_sep_by_space", l->n_sep_by_space) &&
      number("p_sign_posn", l->p_sign_posn) && number("n_sign_posn", l->n_sign_posn) && text("decimal_point", l->decimal_point) &&
      text("thousands_sep", l->thousands_sep) && put("grouping", groupingList(l->grouping)) && text("int_curr_symbol", l->int_curr_symbol) &&
      text("currency_symbol", l->currency_symbol) && text("mon_decimal_point", l->mon_decimal_point) &&
      text("mon_thousands_sep", l->mon_thousands_sep) && put("mon_grouping", groupingList(l->mon_grouping)) &&
      text("positive_sign", l->positive_sign) && text("negative_sign", l->negative_sign);
  return good ? d.release() : Value();
}

/// A str as wide characters, NUL-terminated. False with an error.
bool wideText(Value v, const char* function, int number, std::vector<wchar_t>* out) {
  if (!isStr(v)) return raise(TypeErrorType, "%s() argument %d must be str, not %T", function, number, v), false;
  const StrObject* s = asStr(v);
  for (int64_t i = 0; i < s->length; ++i) {
    if (s->at(i) == 0) return raise(ValueErrorType, "embedded null character"), false;
    out->push_back(static_cast<wchar_t>(s->at(i)));
  }
  out->push_back(0);
  return true;
}

Value collate(Value, const Value* argv) {
  std::vector<wchar_t> a, b;
  if (!wideText(argv[0], "strcoll", 1, &a) || !wideText(argv[1], "strcoll", 2, &b)) return Value();
  return newInt(wcscoll(a.data(), b.data()));
}

Value transform(Value, const Value* argv) {
  std::vector<wchar_t> text;
  if (!isStr(argv[0])) return raise(TypeErrorType, "strxfrm() argument must be str, not %T", argv[0]);
  if (!wideText(argv[0], "strxfrm", 1, &text)) return Value();
  std::vector<wchar_t> out(text.size() + 1);
  errno = 0;
  size_t n = wcsxfrm(out.data(), text.data(), out.size());
  if (errno && errno != ERANGE) return raiseOsError(errno);
  if (n >= out.size()) {
    out.resize(n + 1);
    n = wcsxfrm(out.data(), text.data(), out.size());
  }
  std::vector<uint32_t> characters(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(n));
  return newStrFromUcs4(characters.data(), n);
}

constexpr ModuleConstant langinfo[] = {
    KRAIT_MODULE_CONSTANT(DAY_1), KRAIT_MODULE_CONSTANT(DAY_2), KRAIT_MODULE_CONSTANT(DAY_3), KRAIT_MODULE_CONSTANT(DAY_4), KRAIT_MODULE_CONSTANT(DAY_5),
    KRAIT_MODULE_CONSTANT(DAY_6), KRAIT_MODULE_CONSTANT(DAY_7), KRAIT_MODULE_CONSTANT(ABDAY_1), KRAIT_MODULE_CONSTANT(ABDAY_2),
    KRAIT_MODULE_CONSTANT(ABDAY_3), KRAIT_MODULE_CONSTANT(ABDAY_4), KRAIT_MODULE_CONSTANT(ABDAY_5), KRAIT_MODULE_CONSTANT(ABDAY_6),
    KRAIT_MODULE_CONSTANT(ABDAY_7), KRAIT_MODULE_CONSTANT(MON_1), KRAIT_MODULE_CONSTANT(MON_2), KRAIT_MODULE_CONSTANT(MON_3), KRAIT_MODULE_CONSTANT(MON_4),
    KRAIT_MODULE_CONSTANT(MON_5), KRAIT_MODULE_CONSTANT(MON_6), KRAIT_MODULE_CONSTANT(MON_7), KRAIT_MODULE_CONSTANT(MON_8), KRAIT_MODULE_CONSTANT(MON_9),
    KRAIT_MODULE_CONSTANT(MON_10), KRAIT_MODULE_CONSTANT(MON_11), KRAIT_MODULE_CONSTANT(MON_12), KRAIT_MODULE_CONSTANT(ABMON_1),
    KRAIT_MODULE_CONSTANT(ABMON_2), KRAIT_MODULE_CONSTANT(ABMON_3), KRAIT_MODULE_CONSTANT(ABMON_4), KRAIT_MODULE_CONSTANT(ABMON_5),
    KRAIT_MODULE_CONSTANT(ABMON_6), KRAIT_MODULE_CONSTANT(ABMON_7), KRAIT_MODULE_CONSTANT(ABMON_8), KRAIT_MODULE_CONSTANT(ABMON_9),
    KRAIT_MODULE_CONSTANT(ABMON_10), KRAIT_MODULE_CONSTANT(ABMON_11), KRAIT_MODULE_CONSTANT(ABMON_12), KRAIT_MODULE_CONSTANT(RADIXCHAR),
    KRAIT_MODULE_CONSTANT(THOUSEP), KRAIT_MODULE_CONSTANT(CRNCYSTR), KRAIT_MODULE_CONSTANT(D_FMT), KRAIT_MODULE_CONSTANT(D_T_FMT),
    KRAIT_MODULE_CONSTANT(T_FMT), KRAIT_MODULE_CONSTANT(AM_STR), KRAIT_MODULE_CONSTANT(PM_STR), KRAIT_MODULE_CONSTANT(CODESET),
    KRAIT_MODULE_CONSTANT(T_FMT_AMPM), KRAIT_MODULE_CONSTANT(ERA), KRAIT_MODULE_CONSTANT(ERA_D_FMT), KRAIT_MODULE_CONSTANT(ERA_D_T_FMT),
    KRAIT_MODULE_CONSTANT(ERA_T_FMT), KRAIT_MODULE_CONSTANT(ALT_DIGITS), KRAIT_MODULE_CONSTANT(YESEXPR), KRAIT_MODULE_CONSTANT(NOEXPR),
    KRAIT_MODULE_CONSTANT(_DATE_FMT),
};

Value languageInfo(Value, Value v) {
  int key = 0;
  if (!intArgument(v, &key)) return Value();
  for (const ModuleConstant& row : langinfo)
    if (row.value == key) return decodeLocal(nl_langinfo(key));
  return raise(ValueErrorType, "unsupported langinfo constant");
}

Value getEncoding(Value) {
  const char* codeset = nl_langinfo(CODESET);
  return newStr(codeset && *codeset ? codeset : "utf-8");
}

// ---- message catalogues ------------------------------------------------------------------------

/// A str argument for the C library; None is null where it may be. False with an error.
class TextArgument {
public:
  TextArgument(Value v, const char* function, bool noneAllowed = false) {
    if (noneAllowed && isNone(v)) {
      ok_ = true;
    } else if (!isStr(v)) {
      raise(TypeErrorType, noneAllowed ? "%s() argument must be str or None, not %T" : "%s() argument must be str, not %T", function, v);
    } else {
      bytes_.reset(encodeStr(v, "utf-8", "surrogateescape"));
      ok_ = static_cast<bool>(bytes_);
    }
  }
  bool ok() const { return ok_; }
  const char* text() const { return bytes_ ? bytesView(bytes_).data() : nullptr; }

private:
  Ref bytes_;
  bool ok_ = false;
};

Value getText(Value, Value message) {
  TextArgument m(message, "gettext");
  return m.ok() ? decodeLocal(gettext(m.text())) : Value();
}
Value domainGetText(Value, const Value* argv) {
  TextArgument domain(argv[0], "dgettext", true);
  if (!domain.ok()) return Value();
  TextArgument message(argv[1], "dgettext");
  return message.ok() ? decodeLocal(dgettext(domain.text(), message.text())) : Value();
}
Value categoryGetText(Value, const Value* argv) {
  int category = 0;
  TextArgument domain(argv[0], "dcgettext", true);
  if (!domain.ok()) return Value();
  TextArgument message(argv[1], "dcgettext");
  if (!message.ok() || !intArgument(argv[2], &category)) return Value();
  return decodeLocal(dcgettext(domain.text(), message.text(), category));
}
Value textDomain(Value, Value v) {
  TextArgument domain(v, "textdomain", true);
  if (!domain.ok()) return Value();
  const char* current = textdomain(domain.text());
  return current ? decodeLocal(current) : raiseOsError(errno);
}
Value bindDomain(Value, const Value* argv) {
  TextArgument domain(argv[0], "bindtextdomain");
  if (!domain.ok()) return Value();
  if (!*domain.text()) return raise(*errorType, "domain must be a non-empty string");
  Ref folder(isNone(argv[1]) ? Value() : fileSystemPath(argv[1]));
  if (!folder && errorSet()) return Value();
  errno = 0;
  const char* current = bindtextdomain(domain.text(), folder ? bytesView(folder).data() : nullptr);
  if (!current) return raiseOsError(errno);
  return decodeLocal(current);
}
Value bindCodeset(Value, const Value* argv) {
  TextArgument domain(argv[0], "bind_textdomain_codeset");
  if (!domain.ok()) return Value();
  TextArgument codeset(argv[1], "bind_textdomain_codeset", true);
  if (!codeset.ok()) return Value();
  const char* current = bind_textdomain_codeset(domain.text(), codeset.text());
  return current ? decodeLocal(current) : newRef(none());
}

constinit const MethodDef methods[] = {
    {"setlocale", setLocale, "($module, category, locale=<unrepresentable>, /)"},
    {"localeconv", convention, "($module, /)"},
    {"strcoll", collate, "($module, os1, os2, /)"},
    {"strxfrm", transform, "($module, string, /)"},
    {"nl_langinfo", languageInfo, "($module, key, /)"},
    {"getencoding", getEncoding, "($module, /)"},
    {"gettext", getText, "($module, msg, /)"},
    {"dgettext", domainGetText, "($module, domain, msg, /)"},
    {"dcgettext", categoryGetText, "($module, domain, msg, category, /)"},
    {"textdomain", textDomain, "($module, domain, /)"},
    {"bindtextdomain", bindDomain, "($module, domain, dir, /)"},
    {"bind_textdomain_codeset", bindCodeset, "($module, domain, codeset, /)"},
    {},
};

constexpr ModuleConstant categories[] = {
    KRAIT_MODULE_CONSTANT(LC_CTYPE), KRAIT_MODULE_CONSTANT(LC_TIME), KRAIT_MODULE_CONSTANT(LC_COLLATE), KRAIT_MODULE_CONSTANT(LC_MONETARY),
    KRAIT_MODULE_CONSTANT(LC_MESSAGES), KRAIT_MODULE_CONSTANT(LC_NUMERIC), KRAIT_MODULE_CONSTANT(LC_ALL), KRAIT_MODULE_CONSTANT(CHAR_MAX),
};

int execute(Value module) {
  chooseCharacterLocale();
  errorType = addModuleException(module, "locale", "Error", ExceptionType);
  if (!errorType || moduleAddConstants(module, categories) < 0) return -1;
  return moduleAddConstants(module, langinfo);
}

} // namespace

extern "C" constinit const NativeModule krt_module_locale = {"_locale", methods, execute};

} // namespace krait
