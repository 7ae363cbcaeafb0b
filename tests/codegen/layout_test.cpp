// Static data and declarations, against the headers that the runtime reads.
#include <gtest/gtest.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/LLVMContext.h>
#include <set>
#include "codegen/layout/constant_pool.h"
#include "codegen/layout/entries.h"
#include "codegen/layout/static_image.h"
#include "ir/core/operations.h"
#include "ir/core/operators.h"
#include "runtime/types/str.h"

namespace krait::codegen::layout {
namespace {

uint64_t wordAt(llvm::Constant* image, unsigned index) {
  return llvm::cast<llvm::ConstantInt>(image->getAggregateElement(index))->getZExtValue();
}

TEST(StaticImage, PutsFieldsAtTheirOffsets) {
  llvm::LLVMContext context;
  StaticImage<CodeInfo> image(context);
  image.set(&CodeInfo::argCount, 7);
  image.set(&CodeInfo::varCount, 9);
  llvm::Constant* built = image.build();
  EXPECT_EQ(built->getType()->getArrayNumElements() * 8, sizeof(CodeInfo));
  const size_t at = offsetof(CodeInfo, argCount);
  EXPECT_EQ((wordAt(built, at / 8) >> (at % 8 * 8)) & 0xffffffff, 7u);
}

TEST(StaticImage, HoldsAddressesAsWords) {
  llvm::LLVMContext context;
  llvm::Module module("m", context);
  auto* target = new llvm::GlobalVariable(module, llvm::Type::getInt64Ty(context), false,
                                          llvm::GlobalValue::ExternalLinkage, nullptr, "target");
  StaticImage<CodeInfo> image(context);
  image.address(&CodeInfo::module, target);
  llvm::Constant* word = image.build()->getAggregateElement(offsetof(CodeInfo, module) / 8);
  EXPECT_EQ(word->stripPointerCasts(), llvm::ConstantExpr::getPtrToInt(target, llvm::Type::getInt64Ty(context)));
}

TEST(Entries, DeriveSignaturesFromPrototypes) {
  const Signature& get = signatureOf(Entry::krt_attr_get);
  EXPECT_STREQ(get.name, "krt_attr_get");
  EXPECT_EQ(get.result, Kind::Word);
  ASSERT_EQ(get.params.size(), 3u);
  EXPECT_EQ(get.params[2], Kind::Cache);
  EXPECT_EQ(signatureOf(Entry::krt_truth).result, Kind::I32);
}

/// What the lowering as a plain call compares and stores is of the type that the entry returns.
TEST(Entries, ReturnWhatTheOperationsResultIs) {
  using namespace ir::core;
  static constexpr Entry kEntries[] = {
#define OP(name, text, operands, result, attributes, flags, entry) Entry::entry,
#include "ir/core/operations.def"
  };
  std::set<Op> custom;
#define CUSTOM_LOWERING(name) custom.insert(Op::name);
#include "codegen/lower/custom_lowerings.def"
#undef CUSTOM_LOWERING
  for (size_t n = 0; n < std::size(kEntries); ++n) {
    const Op op = static_cast<Op>(n);
    if (custom.contains(op) || ir::core::isRaise(op)) continue; // never return
    const Kind returned = signatureOf(kEntries[n]).result;
    switch (infoOf(op).result) {
    case ResultRule::Owned:
    case ResultRule::Borrowed:
    case ResultRule::NullOwned:
    case ResultRule::NullBorrowed:
    case ResultRule::SmallInt: EXPECT_EQ(returned, Kind::Word) << infoOf(op).text; break;
    case ResultRule::I1:
    case ResultRule::I32: EXPECT_EQ(returned, Kind::I32) << infoOf(op).text; break;
    case ResultRule::I64: EXPECT_EQ(returned, Kind::I64) << infoOf(op).text; break;
    case ResultRule::F64: EXPECT_EQ(returned, Kind::F64) << infoOf(op).text; break;
    case ResultRule::None: // a status, if it can fail
      if (mayRaise(op)) EXPECT_TRUE(returned == Kind::I32 || returned == Kind::Void) << infoOf(op).text;
      break;
    case ResultRule::TwoF64:
    case ResultRule::Many:
    case ResultRule::Two: ADD_FAILURE() << infoOf(op).text << " needs a lowering of its own"; break;
    }
  }
}

TEST(Entries, DeclareOncePerModule) {
  llvm::LLVMContext context;
  llvm::Module module("m", context);
  EXPECT_EQ(declare(Entry::krt_add, module).getCallee(), declare(Entry::krt_add, module).getCallee());
  auto* list = llvm::cast<llvm::Function>(declare(Entry::krt_list_new, module).getCallee());
  EXPECT_TRUE(list->hasParamAttribute(0, llvm::Attribute::NoCapture)); // the runtime does not keep the array
}

struct PoolTest : testing::Test {
  llvm::LLVMContext context;
  llvm::Module module{"m", context};
  ir::core::ConstantTable constants;
  ConstantPool pool{module, constants};
};

TEST_F(PoolTest, SmallIntegersAndFloatsAreImmediate) {
  auto* seven = llvm::cast<llvm::ConstantInt>(pool.word(ir::core::Constant::ofInt(7)));
  EXPECT_EQ(Value(seven->getZExtValue()).smallInt(), 7);
  auto* half = llvm::cast<llvm::ConstantInt>(pool.word({.kind = ir::core::ConstantKind::Float, .real = 0.5}));
  EXPECT_EQ(Value(half->getZExtValue()).immediateFloat(), 0.5);
}

TEST_F(PoolTest, NamesAreOneSymbolPerText) {
  EXPECT_EQ(pool.name("append"), pool.word(ir::core::Constant::ofStr("append")));
  EXPECT_NE(module.getNamedGlobal("krn_append"), nullptr);
  EXPECT_EQ(module.getNamedGlobal("krn_a"), nullptr); // one character: the runtime's shared object
  pool.name("a");
  EXPECT_EQ(module.getNamedGlobal("krn_a"), nullptr);
}

TEST_F(PoolTest, BigIntegersAreLimbs) {
  pool.word(ir::core::Constant{.kind = ir::core::ConstantKind::BigInt, .text = "-18446744073709551617"}); // -(2^64 + 1)
  llvm::GlobalVariable* object = nullptr;
  for (llvm::GlobalVariable& g : module.globals())
    if (g.getName() == "int") object = &g;
  ASSERT_NE(object, nullptr);
  llvm::Constant* image = object->getInitializer();
  EXPECT_EQ(static_cast<int64_t>(wordAt(image, 2)), -2);
  EXPECT_EQ(wordAt(image, 3), 1u);
  EXPECT_EQ(wordAt(image, 4), 1u);
}

TEST_F(PoolTest, FrozensetsAreMadeAtRunTime) {
  const auto set = constants.intern({.kind = ir::core::ConstantKind::FrozenSet, .elements = {constants.internInt(1)}});
  EXPECT_TRUE(pool.isLazy(set));
  EXPECT_TRUE(pool.isLazy(constants.internTuple({set})));
  EXPECT_FALSE(pool.isLazy(constants.internTuple({constants.internInt(1)})));
}

} // namespace
} // namespace krait::codegen::layout
