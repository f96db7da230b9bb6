CREATE TABLE Habits (id integer PRIMARY KEY AUTOINCREMENT, archived integer, color integer, description text, freq_den integer, freq_num integer, highlight integer, name text, position integer, reminder_hour integer, reminder_min integer, reminder_days integer NOT NULL DEFAULT 127, type integer NOT NULL DEFAULT 0, target_type integer NOT NULL DEFAULT 0, target_value real NOT NULL DEFAULT 0, unit text NOT NULL DEFAULT "", question text, uuid text);
CREATE TABLE Repetitions (id integer PRIMARY KEY AUTOINCREMENT, habit integer NOT NULL REFERENCES Habits(id), timestamp integer NOT NULL, value integer NOT NULL, notes text);
INSERT INTO Habits (id, archived, description, freq_den, freq_num, name, position, type, target_type, target_value, unit, question, uuid) VALUES
 (1, 0, 'Sit still', 7, 3, 'Meditate', 1, 0, 0, 0, '', 'Did you?', 'aaaa0000aaaa0000aaaa0000aaaa0000'),
 (2, 1, '', 7, 1, 'Run', 0, 1, 0, 20.5, 'km', NULL, 'bbbb0000bbbb0000bbbb0000bbbb0000'),
 (3, 0, NULL, 1, 1, 'Phone', 2, 1, 1, 30.0, 'min', '', 'cccc0000cccc0000cccc0000cccc0000');
INSERT INTO Repetitions (habit, timestamp, value, notes) VALUES
 (1, 1422144000000, 2, 'calm'), (1, 1422057600000, 0, ''), (1, 1421971200000, 3, NULL), (1, 1421884800000, -1, 'away'),
 (1, 1421798400000, 1, ''),
 (2, 1422144000000, 12500, ''), (2, 1422057600000, 0, ''), (2, 1421971200000, 3, ''), (2, 1421884800000, 2, ''),
 (3, 1422144000000, 45000, '');
