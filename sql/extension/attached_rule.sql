/* Rules of the manual that were put on users' tables. */
