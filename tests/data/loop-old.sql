CREATE TABLE Habits (Id integer PRIMARY KEY AUTOINCREMENT, archived integer, color integer, description text, freq_den integer, freq_num integer, highlight integer, name text, position integer, reminder_hour integer, reminder_min integer);
CREATE TABLE Repetitions (Id integer PRIMARY KEY AUTOINCREMENT, habit integer, timestamp integer);
INSERT INTO Habits (Id, archived, description, freq_den, freq_num, name, position) VALUES (1, 0, 'Did you?', 1, 1, 'Meditate', 0);
INSERT INTO Repetitions (habit, timestamp) VALUES (1, 1422144000000), (1, 1422057600000);
