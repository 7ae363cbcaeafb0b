// A file as one HTML page that needs nothing beside it: the source, and what steps of the compiler make of it. A click on a
// line of one shows what belongs to it in the others.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "tools/krait/explain/explanation.h"
#include "tools/krait/explain/listing.h"

namespace krait::tools {

/// What a step made, in parts: the functions of IR.
struct Stage {
  std::string name;
  bool isContinued = false; // an empty part is as in the stage before
  std::vector<std::vector<ListedLine>> parts;
};
/// The IR after a pass (empty: as built) goes behind the stages of the passes before it, if there is a change.
void addIr(std::vector<Stage>& stages, std::string_view pass, const ir::core::Module& module, const ir::core::Remarks& remarks);

/// Beside the source: these of the stages, one at a time, `shown` at first.
struct Pane {
  size_t first, end, shown;
};

/// `title`: what made the page.
std::string pageOf(std::string_view filename, std::string_view title, const Explanation& explanation, const std::vector<Stage>& stages, const std::vector<Pane>& panes);

} // namespace krait::tools
