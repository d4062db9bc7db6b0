"""Where helm is, if this machine has it; `make helm` builds it where Go is."""

import shutil
import sys
from pathlib import Path

HELM = shutil.which("helm") or shutil.which("helm", path=str(Path(sys.executable).parent))
