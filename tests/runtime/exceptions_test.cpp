// Exceptions without a compiler: raising, chaining, groups, display.
#include "runtime/exceptions/exception.h"
#include <gtest/gtest.h>
#include <string>
#include "runtime/exceptions/exception_group.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

std::string text(Value v) {
  Ref shown(str(v));
  if (!shown) return "<error>";
  Utf8 bytes(shown);
  return std::string(bytes.view());
}
std::string reprOf(Value v) {
  Ref shown(repr(v));
  return shown ? text(shown) : "<error>";
}
/// The pending error as "Type: text"; clears it.
std::string pending() {
  Ref e = errorTake();
  if (!e) return "";
  return std::string(typeOf(e)->name) + ": " + text(e);
}

TEST(Exceptions, RaiseFormats) {
  Ref name(newStr("x"));
  raise(TypeErrorType, "%s %R %U %d %T %.2s", "a", name.get(), name.get(), 5, name.get(), "bcd");
  EXPECT_EQ(pending(), "TypeError: a 'x' x 5 str bc");
  EXPECT_FALSE(errorSet());
}

TEST(Exceptions, ContextIsWhatIsBeingHandled) {
  raise(ValueErrorType, "first");
  Ref first = errorTake();
  Value previous = krt_exc_push(first);
  raise(KeyErrorType, "second");
  krt_exc_pop(previous);
  Ref second = errorTake();
  EXPECT_EQ(asException(second)->context, first.get());
  chainContext(first, second); // a cycle is cut
  EXPECT_EQ(asException(first)->context, second.get());
  EXPECT_TRUE(asException(second)->context.isNull());
}

TEST(Exceptions, OsErrorPicksItsSubclass) {
  Ref words(newStr("gone")), file(newStr("file"));
  Ref e(call(asValue(&OSErrorType), {Value::ofSmallInt(2), words, file}));
  ASSERT_TRUE(e);
  EXPECT_EQ(typeOf(e), &FileNotFoundErrorType);
  EXPECT_EQ(text(e), "[Errno 2] gone: 'file'");
  EXPECT_EQ(reprOf(e), "FileNotFoundError(2, 'gone')");
}

TEST(Exceptions, TextsOfSpecialClasses) {
  Ref key(call(asValue(&KeyErrorType), {newStr("k")}));
  EXPECT_EQ(text(key), "'k'");
  Ref codec(newStr("utf-8")), bytes(newStr("x")), reason(newStr("bad"));
  Ref unicode(call(asValue(&UnicodeDecodeErrorType), {codec, bytes, Value::ofSmallInt(0), Value::ofSmallInt(1), reason}));
  EXPECT_FALSE(unicode);
  EXPECT_EQ(pending(), "TypeError: a bytes-like object is required, not 'str'");
  Ref stop(call(asValue(&StopIterationType), {Value::ofSmallInt(7)}));
  Ref value(getAttr(stop, "value"));
  EXPECT_EQ(value.get(), Value::ofSmallInt(7));
}

TEST(Exceptions, GroupSplit) {
  Ref list(newList(0));
  Ref a(call(asValue(&ValueErrorType), {newStr("a")})), b(call(asValue(&TypeErrorType), {newStr("b")}));
  listAppend(list, a);
  listAppend(list, b);
  Ref group(call(asValue(&BaseExceptionGroupType), {newStr("g"), list}));
  ASSERT_TRUE(group);
  EXPECT_EQ(typeOf(group), &ExceptionGroupType);
  EXPECT_EQ(text(group), "g (2 sub-exceptions)");
  Value rest;
  Ref match(krt_exc_match_star(group, asValue(&ValueErrorType), &rest));
  Ref others(rest);
  ASSERT_TRUE(match);
  EXPECT_EQ(reprOf(match), "ExceptionGroup('g', [ValueError('a')])");
  EXPECT_EQ(reprOf(others), "ExceptionGroup('g', [TypeError('b')])");
}

TEST(Exceptions, DisplayShowsChainAndGroup) {
  raise(ValueErrorType, "cause");
  Ref cause = errorTake();
  Ref list(newList(0));
  listAppend(list, cause);
  Ref group(call(asValue(&BaseExceptionGroupType), {newStr("g"), list}));
  Ref message(newStr("top"));
  Ref top(call(asValue(&RuntimeErrorType), {message}));
  krt_raise_from(newRef(top), newRef(group));
  Ref raised = errorTake();
  Ref shown(formatException(raised));
  EXPECT_EQ(text(shown), "  | ExceptionGroup: g (1 sub-exception)\n"
                         "  +-+---------------- 1 ----------------\n"
                         "    | ValueError: cause\n"
                         "    +------------------------------------\n"
                         "\nThe above exception was the direct cause of the following exception:\n\n"
                         "RuntimeError: top\n");
}

TEST(Exceptions, MatchingRejectsNonClasses) {
  Ref e(call(asValue(&ValueErrorType)));
  EXPECT_EQ(krt_exc_match(e, asValue(&ExceptionType)), 1);
  EXPECT_EQ(krt_exc_match(e, asValue(&KeyErrorType)), 0);
  EXPECT_EQ(krt_exc_match(e, asValue(&intType)), -1);
  EXPECT_EQ(pending(), "TypeError: catching classes that do not inherit from BaseException is not allowed");
}

} // namespace
} // namespace krait
