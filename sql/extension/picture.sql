/* Pictures as SVG, and the same as text for a terminal. */
