/* Days from an iCalendar text (RFC 5545). */
