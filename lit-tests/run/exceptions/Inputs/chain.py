import Inputs.raises
