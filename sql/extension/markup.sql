/* Text as HTML and SVG hold it: escaped in one place. */
