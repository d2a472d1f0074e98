-- Which instances are alive is known from the locks that their sessions hold.
DROP TABLE instances;
