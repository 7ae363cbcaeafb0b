// IR text -> LLVM IR and object files.
#include <gtest/gtest.h>
#include "codegen/emit/compile.h"
#include "ir/core/parser.h"

namespace krait::codegen::emit {
namespace {

const char* const kModule = R"(
module "m" file "m.py"
cells "f"

function @0 "<module>" qualname "<module>" module line 1 span 1:0-2:0
  flags 0
  args 0 0 0
  site 0 1:0-1:3
{
^0:
  %0 = global.get "f" !0
  %1 = const int 1
  %2 = const int 2
  %3 = binary.add %1, %2 !0
  %4 = call %0, %3 !0
  kill %4
  kill %0
  frame.leave
  %5 = const none
  %6 = copy %5
  ret %6
}
)";

std::string compile(const char* text, Level level, Artefact artefact) {
  std::string error, bytes;
  auto module = ir::core::parseModule(text, error);
  EXPECT_TRUE(module) << error;
  if (!module) return {};
  EXPECT_TRUE(compileModule(*module, {.level = level, .debugInfo = false, .stripSource = false, .hotBitcode = {}}, artefact, bytes, error)) << error;
  return bytes;
}

TEST(Compile, EqualInputGivesEqualBytes) {
  const std::string first = compile(kModule, Level::O0, Artefact::Object);
  EXPECT_EQ(first.substr(0, 4), "\177ELF");
  EXPECT_EQ(first, compile(kModule, Level::O0, Artefact::Object));
}

TEST(Compile, EveryCallHasALabelInTheTableOfSites) {
  const std::string text = compile(kModule, Level::O0, Artefact::Assembly);
  const size_t table = text.find("krt_sites");
  ASSERT_NE(table, std::string::npos);
  EXPECT_NE(text.find("callq\tkrt_add"), std::string::npos);
}

TEST(Compile, AMissingHotRuntimeIsAnError) {
  std::string error, bytes;
  auto module = ir::core::parseModule(kModule, error);
  ASSERT_TRUE(module);
  EXPECT_FALSE(compileModule(*module, {.level = Level::O2, .debugInfo = false, .stripSource = false, .hotBitcode = "/nonexistent/hot.bc"},
                             Artefact::Object, bytes, error));
  EXPECT_NE(error.find("/nonexistent/hot.bc"), std::string::npos);
}

} // namespace
} // namespace krait::codegen::emit
