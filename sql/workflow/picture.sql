/* Pictures of a unit's year. */
