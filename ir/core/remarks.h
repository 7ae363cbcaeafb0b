// Remarks: what a pass did at a place, or why it did not. Collected only where somebody asks (Module::remarks);
// tools/krait/explain shows them beside the source.
#pragma once

#include "ir/core/function.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace krait::ir::core {

enum class RemarkKind : uint8_t { Done, Missed };

enum class RemarkId : uint8_t {
#define KRAIT_REMARK(Id, name, kind, text) Id,
#include "ir/core/remarks.def"
};

struct RemarkRow {
  std::string_view name; // "in-place"
  RemarkKind kind;
  std::string_view text; // with "{}" for the detail
};
const RemarkRow& rowOf(RemarkId id);

struct Remark {
  RemarkId id;
  uint32_t function; // FUNCTION
  SourceSpan span;   // in the module's source
  std::string detail;

  std::string text() const;
};

class Remarks {
public:
  // About a place: an instruction's, the function's own without a site. What is said twice is there twice.
  void add(RemarkId id, const Instruction& i, std::string detail = {});
  void add(RemarkId id, const Function& f, std::string detail = {});
  void add(RemarkId id, const Function& f, const SourceSpan& span, std::string detail);

  // An operation of a general body on its way into the version, in the order of the text.
  struct Step {
    uint32_t function;
    SourceSpan span;
    Op op;
    bool isGeneral; // as the general body does it
  };
  void step(const Instruction& i, bool isGeneral);
  // `made`, which need not have a site, does a part of what `from` does.
  void comesFrom(const Instruction& made, const Instruction& from);

  const std::vector<Remark>& all() const { return all_; }
  const std::vector<Step>& steps() const { return steps_; }
  // The line that an instruction was made for, 0: not known.
  int32_t lineOf(const Instruction& i) const;

private:
  std::vector<Remark> all_;
  std::vector<Step> steps_;
  std::unordered_map<const Instruction*, int32_t> lines_;
};

// The source of a span, on one line and shortened; empty if the module's text is not there.
std::string sourceText(const Module& module, const SourceSpan& span);
// What a word is in the source: 'x', 'self.items', or "the value".
std::string sourceText(const Temp& t);

} // namespace krait::ir::core
