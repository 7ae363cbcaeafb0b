// A module in parts: what is in which, and that they fit together.
#include <gtest/gtest.h>
#include <map>
#include <set>
#include "codegen/emit/parts.h"
#include "ir/core/parser.h"

namespace krait::codegen::emit {
namespace {

std::string functionText(int number, const char* text) {
  const std::string n = std::to_string(number);
  return "\nfunction @" + n + " \"f" + n + "\" qualname \"f" + n + "\" function line 1 span 1:0-2:0 parent @0\n  flags 3\n  args 0 0 0\n" +
         "  constants str \"" + text + "\", str \"of both\", str \"alone " + n + "\"\n  names k\n  site 0 1:0-1:3\n{\n^0:\n" +
         "  %0 = const str \"" + text + "\"\n  %1 = attr.get \"k\", %0 !0\n  kill %1\n  %2 = const str \"of both\"\n  %3 = attr.get \"k\", %2 !0\n  kill %3\n" +
         "  frame.leave\n  %4 = const str \"alone " + n + "\"\n  %5 = copy %4\n  ret %5\n}\n";
}

std::string moduleText() {
  return std::string(R"(
module "m" file "m.py"
cells f1 f2

function @0 "<module>" qualname "<module>" module line 1 span 1:0-2:0
  constants code @1, code @2, none
  names f1 f2
  site 0 1:0-1:3
{
^0:
  %0 = function.new @1, -, -, -, - !0
  global.set "f1", %0 !0
  %1 = function.new @2, -, -, -, - !0
  global.set "f2", %1 !0
  %2 = const none
  %3 = copy %2
  frame.leave !0
  ret %3
}
)") + functionText(1, "a first") + functionText(2, "a second");
}

struct Part {
  llvm::LLVMContext context;
  lower::LoweredModule lowered;
};

TEST(Parts, EachThingIsDefinedOnceAndFoundByAll) {
  std::string error;
  auto module = ir::core::parseModule(moduleText(), error);
  ASSERT_TRUE(module) << error;
  constexpr unsigned kCount = 3;
  std::map<std::string, int> definitions; // of symbols that the linker sees
  std::set<std::string> wanted, functions;
  for (unsigned n = 0; n < kCount; ++n) {
    Part part;
    part.lowered = lower::lowerModule(*module, part.context, {});
    keepPart(part.lowered, n, kCount);
    for (const llvm::GlobalValue& v : part.lowered.llvm->global_values()) {
      if (v.getName().starts_with("llvm.") || v.hasLocalLinkage() || v.hasAvailableExternallyLinkage()) continue;
      if (!v.isDeclaration()) ++definitions[v.getName().str()];
      else if (v.getName().starts_with("m:")) wanted.insert(v.getName().str());
    }
    for (const auto& [f, code] : part.lowered.codes) {
      EXPECT_FALSE(f->isDeclaration());
      EXPECT_TRUE(functions.insert(f->getName().str()).second) << f->getName().str();
    }
  }
  EXPECT_EQ(functions.size(), 3u);
  EXPECT_FALSE(wanted.empty());
  for (const std::string& symbol : wanted) EXPECT_EQ(definitions[symbol], 1) << symbol;
  for (const auto& [symbol, count] : definitions) EXPECT_EQ(count, 1) << symbol;
}

TEST(Parts, DataOfOneFunctionGoesWithIt) {
  std::string error;
  auto module = ir::core::parseModule(moduleText(), error);
  ASSERT_TRUE(module) << error;
  unsigned own = 0, shared = 0;
  for (unsigned n = 0; n < 3; ++n) {
    Part part;
    part.lowered = lower::lowerModule(*module, part.context, {});
    keepPart(part.lowered, n, 3);
    for (const llvm::GlobalVariable& v : part.lowered.llvm->globals()) {
      if (!v.hasInitializer()) continue;
      own += v.getName().starts_with("str") && v.hasLocalLinkage();
      shared += v.getName().starts_with("m:str");
    }
  }
  EXPECT_EQ(own, 6u);    // "a first", "a second", "alone 1", "alone 2"; in the first part "m.py", "<module>"
  EXPECT_EQ(shared, 1u); // "of both"
}

std::string generatorText(int number, const char* name) {
  const std::string n = std::to_string(number);
  return "\nfunction @" + n + " \"" + name + "\" qualname \"" + name + "\" function line 1 span 1:0-2:0 parent @0\n  flags 35\n  args 0 0 0\n" +
         "  constants none\n  yields 1\n  site 0 1:0-1:3\n{\n^0:\n  gen.start !0\n  %0 = const none\n  %1 = copy %0\n  %2 = yield 1, %1 !0\n  kill %2\n" +
         "  %3 = const none\n  %4 = copy %3\n  frame.leave !0\n  ret %4\n}\n";
}

TEST(Parts, GeneratorsOfTheTextAreAShare) {
  std::string error;
  std::string text = moduleText();
  auto module = ir::core::parseModule(text, error);
  ASSERT_TRUE(module) << error;
  EXPECT_FALSE(hasShares(*module, Care::Distant));
  text.replace(text.find("code @2"), 7, "code @2, code @3, code @4");
  auto withExpression = ir::core::parseModule(text + generatorText(3, "<genexpr>") + generatorText(4, "<genexpr>"), error);
  ASSERT_TRUE(withExpression) << error;
  EXPECT_FALSE(hasShares(*withExpression, Care::Distant));
  auto withBoth = ir::core::parseModule(text + generatorText(3, "walk") + generatorText(4, "<genexpr>"), error);
  ASSERT_TRUE(withBoth) << error;
  EXPECT_TRUE(hasShares(*withBoth, Care::Distant));
  for (Share share : {Share::Rest, Share::Quick}) {
    Part part;
    part.lowered = lower::lowerModule(*withBoth, part.context, {});
    keepShare(part.lowered, share, Care::Distant);
    std::set<std::string> names;
    for (const auto& [f, code] : part.lowered.codes) names.insert(code ? f->getName().str() : "");
    EXPECT_EQ(names.count("m:walk.resume") /* the other part mentions it */, share == Share::Quick);
    EXPECT_EQ(names.size(), share == Share::Quick ? 1u : 6u); // the module, f1, f2, two entries, the expression
  }
}

TEST(Parts, OfAPackageWhatIsNotCheapIsAShare) {
  std::string error;
  auto module = ir::core::parseModule(moduleText(), error);
  ASSERT_TRUE(module) << error;
  EXPECT_TRUE(hasShares(*module, Care::Package));
  EXPECT_FALSE(hasShares(*module, Care::Own));
  for (Share share : {Share::Rest, Share::Quick}) {
    Part part;
    part.lowered = lower::lowerModule(*module, part.context, {.copiesInLoopsAlone = true});
    ASSERT_EQ(part.lowered.cheap.size(), 1u); // the module's body
    keepShare(part.lowered, share, Care::Package);
    EXPECT_EQ(part.lowered.cheap.size(), share == Share::Rest);
    std::set<std::string> names;
    for (const auto& [f, code] : part.lowered.codes) names.insert(code ? f->getName().str() : "");
    EXPECT_EQ(names.size(), share == Share::Quick ? 2u : 1u); // f1 and f2
    EXPECT_EQ(names.count("m.f1") + names.count("m:f1"), share == Share::Quick);
  }
}

TEST(Parts, ASmallModuleIsOne) {
  std::string error;
  auto module = ir::core::parseModule(moduleText(), error);
  ASSERT_TRUE(module) << error;
  EXPECT_EQ(partCount(*module), 1u);
}

TEST(Parts, AnArchiveHoldsThemInOrder) {
  std::string error;
  const std::string archive = joinParts({"one", "two"}, error);
  EXPECT_EQ(error, "");
  EXPECT_EQ(archive.substr(0, 8), "!<arch>\n");
  EXPECT_LT(archive.find("one"), archive.find("two"));
}

} // namespace
} // namespace krait::codegen::emit
