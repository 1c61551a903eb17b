"""The one place that brings pyqtgraph in, told which Qt is meant before it looks for one itself."""

import os

os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"

import pyqtgraph
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol

__all__ = ["drawSymbol", "pyqtgraph"]
