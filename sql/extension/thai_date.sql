/* Thai dates and digits, of the Buddhist era. */
