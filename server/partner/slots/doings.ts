/** What people do: jobs with their article, hobbies as they follow "I like"; and colours. */
import { toList } from './to-list.ts'

export const JOBS = toList(`
  an accountant, an actor, an actress, an architect, an artist, an assistant, a baker, a banker, a barber, a
  builder, a bus driver, a businessman, a businesswoman, a carpenter, a cashier, a chef, a chemist, a cleaner, a
  consultant, a cook, a dancer, a dentist, a designer, a detective, a doctor, a driver, an editor, an
  electrician, an engineer, a farmer, a firefighter, a fisherman, a gardener, a guard, a guide, a hairdresser, a
  journalist, a judge, a lawyer, a librarian, a manager, a mechanic, a model, a musician, a nurse, an office
  worker, a painter, a photographer, a pilot, a plumber, a police officer, a postman, a professor, a programmer,
  a receptionist, a reporter, a researcher, a sailor, a salesman, a scientist, a secretary, a shop assistant, a
  singer, a social worker, a software developer, a soldier, a student, a surgeon, a tailor, a taxi driver, a
  teacher, a technician, a tour guide, a translator, a truck driver, a vet, a waiter, a waitress, a writer
`)

export const HOBBIES = toList(`
  badminton, baking, baseball, basketball, board games, boxing, camping, card games, chess, climbing, computer
  games, cooking, cricket, cycling, dancing, diving, drawing, fishing, football, gardening, golf, gymnastics,
  handball, hiking, hockey, horse riding, ice skating, jogging, judo, karate, knitting, learning languages,
  listening to music, meeting friends, music, painting, photography, playing cards, playing football, playing
  games, playing the guitar, playing the piano, pottery, puzzles, reading, reading books, riding my bike, rugby,
  running, sailing, sewing, shopping, singing, skateboarding, skating, skiing, sleeping, soccer, sport, surfing,
  swimming, table tennis, taking photos, tennis, theatre, travelling, video games, volleyball, walking, watching
  films, watching television, working out, writing, yoga
`)

export const COLOURS = toList(`
  beige, black, blue, brown, dark blue, dark green, gold, green, grey, light blue, light green, orange, pink,
  purple, red, silver, turquoise, violet, white, yellow
`)
