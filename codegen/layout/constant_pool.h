// A module's constants as immortal static objects: complete in the executable's
// data, so that nothing runs for them at start-up. Equal names (str of
// identifier characters) of all modules, and of the runtime, are one object,
// which modules only declare: the program defines it when it is linked
// (emit/name_table.h). A frozenset needs the process's hashes: its pool entry
// is a cell that the first use fills (lower/constants.cpp).
#pragma once
#include <llvm/IR/Module.h>
#include <string_view>
#include <unordered_map>
#include <vector>
#include "ir/core/constant.h"

namespace krait::codegen::layout {

/// Symbols of a name's object: krn_<identifier> or krx_<hexadecimal UTF-8>. A module whose bodies run at start-up mention
/// the name says krns_ and krxs_ instead, so that the program can place it.
std::string nameSymbol(std::string_view utf8, bool startup);
/// What such a symbol says; false if it is none.
bool parseNameSymbol(std::string_view symbol, std::string& utf8, bool& startup);

class ConstantPool {
public:
  /// `heapNumbers`: numbers are objects with an identity, as in CPython (but for ints from -5 to 256).
  ConstantPool(llvm::Module& module, const ir::core::ConstantTable& constants, bool heapNumbers = false)
      : module_(module), constants_(constants), heapNumbers_(heapNumbers) {}

  /// The word of a constant that has static data.
  llvm::Constant* word(ir::core::ConstantId id);
  llvm::Constant* word(const ir::core::Constant& constant);
  /// A text whose object all equal texts that are interned share.
  static bool isInterned(const ir::core::Constant& constant);
  /// The empty text, or a character of Latin-1: all equal texts are this object.
  static bool isShared(const ir::core::Constant& constant);
  /// A frozenset, or something that contains one: made at run time.
  bool isLazy(ir::core::ConstantId id) const;
  /// Address of the (initially null) word that holds a lazy constant.
  llvm::GlobalVariable* lazyCell(ir::core::ConstantId id);

  /// The word of an interned str.
  llvm::Constant* name(std::string_view utf8);
  /// Defines the object that name() declares.
  llvm::GlobalVariable* defineName(std::string_view utf8);
  /// Address of an array of such words; null if there are none.
  llvm::Constant* nameArray(const std::vector<std::string_view>& names);
  llvm::Constant* tuple(const std::vector<llvm::Constant*>& words);
  /// Address of NUL-terminated bytes.
  llvm::Constant* cString(std::string_view text);
  llvm::GlobalVariable* privateData(llvm::Constant* data, llvm::StringRef name, bool isConstant);

  /// From now on, what is asked for is (or is not) used by code that runs at start-up, and is placed by that.
  void setForStartup(bool startup) { startup_ = startup; }
private:
  llvm::Constant* text(std::string_view wtf8);
  llvm::GlobalVariable* strObject(std::string_view wtf8, bool interned, const llvm::Twine& symbol,
                                  llvm::GlobalValue::LinkageTypes linkage);
  llvm::Constant* integer(const ir::core::Constant& constant);
  llvm::Constant* real(double value);
  llvm::Constant* complex(double real, double imaginary);
  llvm::Constant* bytes(std::string_view data);
  llvm::Constant* i64(uint64_t value);
  /// Answers `data`; for start-up, places what it refers to with what starts.
  llvm::Constant* placed(llvm::Constant* data);

  llvm::Module& module_;
  const ir::core::ConstantTable& constants_;
  bool heapNumbers_, startup_ = false;
  std::unordered_map<ir::core::ConstantId, llvm::Constant*> words_;
  std::unordered_map<ir::core::ConstantId, llvm::GlobalVariable*> cells_;
  std::unordered_map<std::string, llvm::Constant*> strings_, cStrings_;
};

} // namespace krait::codegen::layout
