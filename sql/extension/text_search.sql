/* Thai full-text search: parser, dictionaries, configuration. */
