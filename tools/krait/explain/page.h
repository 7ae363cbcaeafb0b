// The explanation as one HTML file that needs nothing beside it: the source, the IR after each pass, the assembly. A click
// on a line of one shows what belongs to it in the others.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "tools/krait/explain/explanation.h"

namespace krait::tools {

/// The IR behind a pass, by function: empty where the pass has changed nothing.
struct Stage {
  std::string pass;
  std::vector<std::vector<ListedLine>> functions;
};
/// `before`: the stages so far.
Stage stageOf(std::string_view pass, const ir::core::Module& module, const ir::core::Remarks& remarks, const std::vector<Stage>& before);

std::string pageOf(std::string_view filename, const Explanation& explanation, const std::vector<Stage>& stages, const std::vector<ListedLine>& assembly);

} // namespace krait::tools
