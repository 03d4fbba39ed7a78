// The parts of Observable Plot that the page draws with; what is not named here is left out of the bundle.
export { plot, axisX, axisY, barX, cell, dot, gridX, gridY, line, rect, ruleX, ruleY, text } from "@observablehq/plot";
