// Draws the graph of citations; the table below it says the same.
"use strict";

const graph = JSON.parse(document.getElementById("graph").textContent);
const canvas = document.getElementById("map");
canvas.parentElement.hidden = false;

// Colours are those of the page, light or dark.
const look = (element) => getComputedStyle(element);
const colours = Object.fromEntries(
  [...document.querySelectorAll("[data-relation]")].map((one) => [one.dataset.relation, look(one).color]),
);
const { color: ink, backgroundColor: card } = look(canvas);

const drawn = cytoscape({
  container: canvas,
  elements: [
    ...graph.nodes.map((one) => ({ data: { ...one, label: one.document_number || one.title || one.id } })),
    ...graph.edges.map((one) => ({ data: { ...one, colour: colours[one.relation] } })),
  ],
  style: [
    {
      selector: "node",
      style: {
        label: "data(label)", "text-wrap": "wrap", "text-max-width": 130, "text-overflow-wrap": "anywhere",
        "font-size": 11, color: ink, "text-valign": "bottom", "text-margin-y": 4, width: 16, height: 16,
        "background-color": ink, "text-background-color": card, "text-background-opacity": 0.8,
      },
    },
    { selector: "node[!held]", style: { "background-opacity": 0.15, "border-width": 1, "border-color": ink } },
    { selector: "node[distance = 0]", style: { width: 30, height: 30, "font-size": 13, "font-weight": 700 } },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier", "target-arrow-shape": "triangle", width: 2,
        "line-color": "data(colour)", "target-arrow-color": "data(colour)",
      },
    },
  ],
  layout: {
    name: "concentric", concentric: (node) => -node.data("distance"), levelWidth: () => 1,
    minNodeSpacing: 90, spacingFactor: 1.1,
  },
  // The wheel scrolls the page.
  userZoomingEnabled: false,
});

drawn.on("tap", "node[?held]", (event) => location.assign(event.target.data("address")));
for (const [name, factor] of [["nearer", 1.3], ["farther", 1 / 1.3]]) {
  document.getElementById(name).addEventListener("click", () =>
    drawn.zoom({
      level: drawn.zoom() * factor,
      renderedPosition: { x: drawn.width() / 2, y: drawn.height() / 2 },
    }),
  );
}
