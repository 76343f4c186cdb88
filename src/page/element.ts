type Content = Node | string | undefined;

/** Attribute values: `true` for an attribute without a value, undefined to leave it out. */
type Attributes = { readonly [name: string]: string | number | true | undefined };

/** An HTML element. Texts become text nodes, so no data can become markup; attribute names never come from data. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, content);
}

/** The same for SVG. */
export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...content: readonly Content[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, content);
}

function filled<Made extends Element>(
  made: Made,
  attributes: Attributes,
  content: readonly Content[],
): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...content.filter((each) => each !== undefined));
  return made;
}
