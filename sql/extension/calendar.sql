/* Calendars in layers: weekly days off, days of their own, the years they know. */
