// Static objects: str, int, float, complex, bytes, tuple.
#include "codegen/layout/constant_pool.h"
#include <llvm/ADT/StringExtras.h>
#include <llvm/IR/Constants.h>
#include "codegen/layout/runtime_symbols.h"
#include "codegen/layout/sections.h"
#include "codegen/layout/static_image.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::codegen::layout {

using ir::core::Constant;
using ir::core::ConstantId;
using ir::core::ConstantKind;

namespace {

constexpr size_t kSharedCharSize = sizeof(SharedChar);

/// Objects above this size are few in the pages that others would share.
constexpr size_t kLongText = 192;

template <class T> void setHeader(StaticImage<T>& image, llvm::Module& module, std::string_view type) {
  image.bytesAt(offsetof(Object, refs), &kImmortal, sizeof kImmortal);
  image.addressAt(offsetof(Object, layout), layoutOf(module, type));
}

/// CPython interns constants of ASCII letters, digits and underscores.
bool hasNameCharactersOnly(std::string_view s) {
  for (char c : s)
    if (!llvm::isAlnum(c) && c != '_') return false;
  return true;
}

std::u32string decode(std::string_view wtf8) {
  std::u32string out;
  for (size_t i = 0; i < wtf8.size();) {
    auto c = static_cast<unsigned char>(wtf8[i++]);
    int more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
    char32_t code = more == 0 ? c : more == 1 ? c & 0x1f : more == 2 ? c & 0x0f : c & 0x07;
    for (; more && i < wtf8.size(); --more) code = (code << 6) | (static_cast<unsigned char>(wtf8[i++]) & 0x3f);
    out.push_back(code);
  }
  return out;
}

} // namespace

std::string nameSymbol(std::string_view utf8, bool startup) {
  if (hasNameCharactersOnly(utf8)) return (startup ? "krns_" : "krn_") + std::string(utf8);
  return (startup ? "krxs_" : "krx_") + llvm::toHex(utf8, true);
}

bool parseNameSymbol(std::string_view symbol, std::string& utf8, bool& startup) {
  const bool isHex = symbol.starts_with("krx");
  if (!isHex && !symbol.starts_with("krn")) return false;
  startup = symbol.substr(3).starts_with("s_");
  if (!startup && !symbol.substr(3).starts_with("_")) return false;
  symbol.remove_prefix(startup ? 5 : 4);
  utf8 = isHex ? llvm::fromHex(symbol) : std::string(symbol);
  return true;
}

llvm::Constant* ConstantPool::i64(uint64_t value) {
  return llvm::ConstantInt::get(llvm::Type::getInt64Ty(module_.getContext()), value);
}

llvm::GlobalVariable* ConstantPool::privateData(llvm::Constant* data, llvm::StringRef name, bool isConstant) {
  auto* made = new llvm::GlobalVariable(module_, data->getType(), isConstant, llvm::GlobalValue::PrivateLinkage, data, name);
  made->setAlignment(llvm::Align(16));
  if (startup_) placed(made);
  return made;
}

llvm::Constant* ConstantPool::placed(llvm::Constant* data) {
  if (!startup_) return data;
  if (auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(data)) {
    std::string name;
    bool startup;
    if (parseNameSymbol(variable->getName(), name, startup) && !startup) variable->setName(nameSymbol(name, true));
    // Zeroes need no place in the file; a section says that it was here before.
    if (!variable->hasInitializer() || variable->hasSection() || variable->getInitializer()->isNullValue()) return data;
    const auto size = module_.getDataLayout().getTypeAllocSize(variable->getValueType());
    variable->setSection(variable->isConstant() ? kStartConstSection : size > kLongText ? kStartTextsSection : kStartDataSection);
    placed(variable->getInitializer());
  } else if (!llvm::isa<llvm::GlobalValue>(data) && !llvm::isa<llvm::ConstantData>(data)) {
    for (llvm::Use& part : data->operands()) placed(llvm::cast<llvm::Constant>(part.get()));
  }
  return data;
}

llvm::GlobalVariable* ConstantPool::strObject(std::string_view wtf8, bool interned, const llvm::Twine& symbol,
                                              llvm::GlobalValue::LinkageTypes linkage) {
  std::u32string code = decode(wtf8);
  char32_t highest = 0;
  for (char32_t c : code) highest = std::max(highest, c);
  const uint8_t kind = highest < 0x100 ? 1 : highest < 0x10000 ? 2 : 4;
  StaticImage<StrObject> image(module_.getContext(), 0, (code.size() + 1) * kind);
  setHeader(image, module_, "strType");
  image.set(&StrObject::length, code.size());
  image.set(&StrObject::hash, -1);
  image.set(&StrObject::nameHash, nameHashOf(wtf8));
  image.set(&StrObject::kind, kind);
  image.set(&StrObject::flags, kStrNameHash | (interned ? kStrInterned : 0) | (highest < 0x80 ? kStrAscii : 0));
  for (size_t i = 0; i < code.size(); ++i) image.bytesAt(sizeof(StrObject) + i * kind, &code[i], kind);
  llvm::Constant* data = image.build();
  auto* made = new llvm::GlobalVariable(module_, data->getType(), false, linkage, data, symbol);
  made->setAlignment(llvm::Align(16));
  made->setDSOLocal(true);
  return made;
}

llvm::Constant* ConstantPool::name(std::string_view utf8) {
  auto [entry, isNew] = strings_.try_emplace("n" + std::string(utf8));
  if (!isNew) return placed(entry->second);
  std::u32string code = decode(utf8);
  if (code.empty()) return entry->second = wordOf(externalData(module_, "krt_empty_str"));
  if (code.size() == 1 && code[0] < 256)
    return entry->second = wordOf(offsetAddress(externalData(module_, "krt_latin1_chars"),
                                                static_cast<int64_t>(code[0] * kSharedCharSize)));
  auto* object = externalData(module_, nameSymbol(utf8, startup_));
  return entry->second = wordOf(object);
}

llvm::GlobalVariable* ConstantPool::defineName(std::string_view utf8) {
  return strObject(utf8, true, nameSymbol(utf8, false), llvm::GlobalValue::ExternalLinkage);
}

bool ConstantPool::isInterned(const Constant& constant) {
  if (constant.kind != ConstantKind::Str) return false;
  return hasNameCharactersOnly(constant.text) || isShared(constant);
}

bool ConstantPool::isShared(const Constant& constant) {
  if (constant.kind != ConstantKind::Str || constant.text.size() > 2) return false;
  const std::u32string code = decode(constant.text);
  return code.empty() || (code.size() == 1 && code[0] < 256);
}

llvm::Constant* ConstantPool::text(std::string_view wtf8) {
  if (hasNameCharactersOnly(wtf8)) return name(wtf8);
  auto [entry, isNew] = strings_.try_emplace("s" + std::string(wtf8));
  if (!isNew) return placed(entry->second);
  std::u32string code = decode(wtf8);
  if (code.size() == 1 && code[0] < 256) return entry->second = name(wtf8);
  return entry->second = placed(wordOf(strObject(wtf8, false, "str", llvm::GlobalValue::PrivateLinkage)));
}

/// The limbs of a number in decimal, least significant first, none of them 0 at the end. Many digits at once, which APInt does not take.
static std::vector<uint64_t> limbsOf(std::string_view digits) {
  constexpr size_t kAtOnce = 19;
  std::vector<uint64_t> limbs;
  for (size_t i = 0; i < digits.size();) {
    uint64_t factor = 1, carry = 0;
    for (const size_t end = std::min(digits.size(), i + kAtOnce); i < end; ++i, factor *= 10) carry = carry * 10 + static_cast<uint64_t>(digits[i] - '0');
    for (uint64_t& limb : limbs) {
      const auto value = static_cast<unsigned __int128>(limb) * factor + carry;
      limb = static_cast<uint64_t>(value);
      carry = static_cast<uint64_t>(value >> 64);
    }
    if (carry) limbs.push_back(carry);
  }
  return limbs;
}

llvm::Constant* ConstantPool::integer(const Constant& constant) {
  if (constant.kind == ConstantKind::Int && Value::fitsSmall(constant.integer) &&
      (!heapNumbers_ || isSharedInt(constant.integer)))
    return i64(Value::ofSmallInt(constant.integer).bits);
  std::string digits = constant.kind == ConstantKind::Int ? std::to_string(constant.integer) : constant.text;
  const bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  const std::vector<uint64_t> magnitude = limbsOf(digits);
  const size_t limbs = magnitude.size();
  StaticImage<IntObject> image(module_.getContext(), 0, limbs * 8);
  setHeader(image, module_, "intType");
  image.set(&IntObject::size, negative ? -int64_t(limbs) : int64_t(limbs));
  image.bytesAt(sizeof(IntObject), magnitude.data(), limbs * 8);
  return wordOf(privateData(image.build(), "int", false));
}

llvm::Constant* ConstantPool::real(double value) {
  const Value immediate = Value::immediateOf(value);
  if (immediate && !heapNumbers_) return i64(immediate.bits);
  StaticImage<FloatObject> image(module_.getContext());
  setHeader(image, module_, "floatType");
  image.set(&FloatObject::value, value);
  return wordOf(privateData(image.build(), "float", false));
}

llvm::Constant* ConstantPool::complex(double real, double imaginary) {
  StaticImage<ComplexObject> image(module_.getContext());
  setHeader(image, module_, "complexType");
  image.set(&ComplexObject::real, real);
  image.set(&ComplexObject::imag, imaginary);
  return wordOf(privateData(image.build(), "complex", false));
}

llvm::Constant* ConstantPool::bytes(std::string_view data) {
  if (data.empty()) return wordOf(externalData(module_, "krt_empty_bytes"));
  if (data.size() == 1)
    return wordOf(offsetAddress(externalData(module_, "krt_single_bytes"),
                                static_cast<int64_t>(sizeof(SharedByte)) * static_cast<uint8_t>(data[0])));
  StaticImage<BytesObject> image(module_.getContext(), 0, data.size() + 1);
  setHeader(image, module_, "bytesType");
  image.set(&BytesObject::size, data.size());
  image.set(&BytesObject::hash, -1);
  image.bytesAt(offsetof(BytesObject, data), data.data(), data.size());
  return wordOf(privateData(image.build(), "bytes", false));
}

llvm::Constant* ConstantPool::tuple(const std::vector<llvm::Constant*>& words) {
  if (words.empty()) return wordOf(runtimeVariable(module_, "emptyTupleObject"));
  // Collector links stand before the header: zero, never tracked.
  StaticImage<TupleObject> image(module_.getContext(), kGcHeaderSize, words.size() * 8);
  setHeader(image, module_, "tupleType");
  image.set(&TupleObject::size, words.size());
  for (size_t i = 0; i < words.size(); ++i) image.addressAt(sizeof(TupleObject) + i * 8, words[i]);
  return wordOf(offsetAddress(privateData(image.build(), "tuple", false), kGcHeaderSize));
}

llvm::Constant* ConstantPool::word(const Constant& constant) {
  switch (constant.kind) {
  case ConstantKind::None: return noneWord(module_);
  case ConstantKind::True: return trueWord(module_);
  case ConstantKind::False: return falseWord(module_);
  case ConstantKind::Ellipsis: return wordOf(runtimeVariable(module_, "ellipsisObject"));
  case ConstantKind::Int:
  case ConstantKind::BigInt: return integer(constant);
  case ConstantKind::Float: return real(constant.real);
  case ConstantKind::Complex: return complex(constant.real, constant.imaginary);
  case ConstantKind::Str: return text(constant.text);
  case ConstantKind::Bytes: return bytes(constant.text);
  case ConstantKind::Tuple: {
    std::vector<llvm::Constant*> words;
    for (ConstantId element : constant.elements) words.push_back(word(element));
    return tuple(words);
  }
  case ConstantKind::FrozenSet:
  case ConstantKind::Code: break;
  }
  llvm_unreachable("this constant has no static data");
}

llvm::Constant* ConstantPool::word(ConstantId id) {
  auto found = words_.find(id);
  if (found != words_.end()) return placed(found->second);
  llvm::Constant* made = word(constants_[id]);
  words_[id] = made;
  return made;
}

bool ConstantPool::isLazy(ConstantId id) const {
  const Constant& c = constants_[id];
  if (c.kind == ConstantKind::FrozenSet) return true;
  if (c.kind != ConstantKind::Tuple) return false;
  for (ConstantId element : c.elements)
    if (isLazy(element)) return true;
  return false;
}

llvm::GlobalVariable* ConstantPool::lazyCell(ConstantId id) {
  llvm::GlobalVariable*& cell = cells_[id];
  if (!cell) cell = privateData(i64(0), "lazy", false);
  return cell;
}

llvm::Constant* ConstantPool::nameArray(const std::vector<std::string_view>& names) {
  auto* pointer = llvm::PointerType::getUnqual(module_.getContext());
  if (names.empty()) return llvm::ConstantPointerNull::get(pointer);
  std::vector<llvm::Constant*> words;
  for (std::string_view n : names) words.push_back(name(n));
  auto* type = llvm::ArrayType::get(llvm::Type::getInt64Ty(module_.getContext()), words.size());
  return privateData(llvm::ConstantArray::get(type, words), "names", true);
}

llvm::Constant* ConstantPool::cString(std::string_view text) {
  llvm::Constant*& made = cStrings_[std::string(text)];
  if (!made) made = privateData(llvm::ConstantDataArray::getString(module_.getContext(), text), "chars", true);
  return made;
}

} // namespace krait::codegen::layout
