-- What the server stores of the password that the init job gave to the role analyst.
CREATE SCHEMA IF NOT EXISTS mofcom_internal;
CREATE TABLE mofcom_internal.login (
    role text PRIMARY KEY,
    verifier text NOT NULL
);
