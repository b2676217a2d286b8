/* Search in the voice of the customer, its terms, and VOC-60-001. */
