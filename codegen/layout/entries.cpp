// Signatures from prototypes.
#include "codegen/layout/entries.h"
#include <array>

namespace krait::codegen::layout {
namespace {

template <class T> constexpr Kind kKindOf = [] {
  static_assert(sizeof(T) == 0, "a type of entries.def that codegen does not know");
  return Kind::Void;
}();
template <> constexpr Kind kKindOf<void> = Kind::Void;
template <> constexpr Kind kKindOf<Value> = Kind::Word;
template <> constexpr Kind kKindOf<int32_t> = Kind::I32;
template <> constexpr Kind kKindOf<uint32_t> = Kind::I32;
template <> constexpr Kind kKindOf<int64_t> = Kind::I64;
template <> constexpr Kind kKindOf<uint64_t> = Kind::I64;
template <> constexpr Kind kKindOf<double> = Kind::F64;
template <> constexpr Kind kKindOf<Value*> = Kind::Slot;
template <> constexpr Kind kKindOf<const Value*> = Kind::Slot;
template <> constexpr Kind kKindOf<const CodeInfo*> = Kind::Code;
template <> constexpr Kind kKindOf<ModuleInfo*> = Kind::Module;
template <> constexpr Kind kKindOf<FunctionObject*> = Kind::Function;
template <> constexpr Kind kKindOf<GeneratorObject*> = Kind::Generator;
template <> constexpr Kind kKindOf<AttrCache*> = Kind::Cache;
template <> constexpr Kind kKindOf<Shape*> = Kind::Cache;

template <class> struct Prototype;
template <class R, class... P> struct Prototype<R(P...)> {
  static constexpr Kind kResult = kKindOf<R>;
  static constexpr std::array<Kind, sizeof...(P)> kParams = {kKindOf<P>...};
};

using namespace entry_flags;
const Signature kSignatures[] = {
    {"", Kind::Void, {}, 0},
#define ENTRY(result, name, params, flags)                                                                    \
  {#name, Prototype<decltype(::krait::name)>::kResult, Prototype<decltype(::krait::name)>::kParams, flags},
#include "runtime/abi/entries.def"
#undef ENTRY
};

} // namespace

std::span<const Signature> signatures() { return kSignatures; }
const Signature& signatureOf(Entry entry) { return kSignatures[static_cast<size_t>(entry)]; }

llvm::Type* llvmType(Kind kind, llvm::LLVMContext& context) {
  switch (kind) {
  case Kind::Void: return llvm::Type::getVoidTy(context);
  case Kind::Word:
  case Kind::I64: return llvm::Type::getInt64Ty(context);
  case Kind::I32: return llvm::Type::getInt32Ty(context);
  case Kind::F64: return llvm::Type::getDoubleTy(context);
  default: return llvm::PointerType::getUnqual(context);
  }
}

static llvm::FunctionCallee declare(const Signature& s, llvm::StringRef name, llvm::Module& module) {
  if (llvm::Function* f = module.getFunction(name)) return f;
  llvm::LLVMContext& context = module.getContext();
  llvm::SmallVector<llvm::Type*, 8> params;
  for (Kind k : s.params) params.push_back(llvmType(k, context));
  auto* type = llvm::FunctionType::get(llvmType(s.result, context), params, false);
  auto* f = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
  f->setDoesNotThrow();
  f->setDSOLocal(true);
  if (s.flags & kCold) f->addFnAttr(llvm::Attribute::Cold);
  if (s.flags & kNoReturn) f->setDoesNotReturn();
  for (size_t i = 0; i < s.params.size(); ++i)
    if (s.params[i] == Kind::Slot) f->addParamAttr(i, llvm::Attribute::NoCapture);
  return f;
}

llvm::FunctionCallee declare(Entry entry, llvm::Module& module) { return declare(signatureOf(entry), signatureOf(entry).name, module); }

llvm::FunctionCallee declareBeyond(Entry entry, llvm::Module& module) {
  const Signature& s = signatureOf(entry);
  return declare(s, (llvm::Twine(s.name) + "_slow").str(), module);
}

} // namespace krait::codegen::layout
