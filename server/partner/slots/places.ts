/** Cities and countries as they follow "from", with "the" where it belongs; everyday places with their article. */
import { toList } from './to-list.ts'

export const CITIES = toList(`
  Abu Dhabi, Accra, Algiers, Amman, Amsterdam, Ankara, Athens, Auckland, Baghdad, Baku, Bangkok, Barcelona,
  Beijing, Beirut, Belgrade, Berlin, Bogota, Boston, Brasilia, Brussels, Bucharest, Budapest, Buenos Aires,
  Cairo, Cape Town, Caracas, Casablanca, Chicago, Copenhagen, Damascus, Delhi, Dhaka, Dubai, Dublin, Edinburgh,
  Florence, Frankfurt, Geneva, Glasgow, Guadalajara, Guangzhou, Hamburg, Hanoi, Havana, Helsinki, Hong Kong,
  Istanbul, Jakarta, Jerusalem, Johannesburg, Kabul, Karachi, Kiev, Krakow, Kuala Lumpur, Kyoto, Lagos, Lahore,
  Lima, Lisbon, London, Los Angeles, Lyon, Madrid, Manchester, Manila, Marseille, Mecca, Melbourne, Mexico City,
  Miami, Milan, Montreal, Moscow, Mumbai, Munich, Nairobi, Naples, New York, Osaka, Oslo, Panama City, Paris,
  Porto, Prague, Quito, Riga, Rio, Rome, Saigon, San Francisco, Santiago, Sao Paulo, Sarajevo, Seoul, Seville,
  Shanghai, Singapore, Sofia, Stockholm, Sydney, Taipei, Tehran, Tokyo, Toronto, Tripoli, Tunis, Turin,
  Valencia, Vancouver, Venice, Vienna, Warsaw, Washington, Zagreb, Zurich
`)

export const COUNTRIES = toList(`
  Afghanistan, Albania, Algeria, America, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan,
  Bangladesh, Belarus, Belgium, Bolivia, Bosnia, Brazil, Bulgaria, Cambodia, Cameroon, Canada, Chile, China,
  Colombia, Congo, Costa Rica, Croatia, Cuba, Cyprus, Denmark, Ecuador, Egypt, El Salvador, England, Estonia,
  Ethiopia, Finland, France, Georgia, Germany, Ghana, Greece, Guatemala, Haiti, Honduras, Hungary, Iceland,
  India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Korea,
  Kosovo, Kuwait, Laos, Latvia, Lebanon, Libya, Lithuania, Macedonia, Malaysia, Mali, Mexico, Moldova, Mongolia,
  Morocco, Mozambique, Myanmar, Nepal, New Zealand, Nicaragua, Nigeria, Norway, Pakistan, Palestine, Panama,
  Paraguay, Peru, Poland, Portugal, Romania, Russia, Rwanda, Saudi Arabia, Scotland, Senegal, Serbia, Singapore,
  Slovakia, Slovenia, Somalia, South Africa, South Korea, Spain, Sri Lanka, Sudan, Sweden, Switzerland, Syria,
  Taiwan, Tanzania, Thailand, the Czech Republic, the Dominican Republic, the Netherlands, the Philippines, the
  United Arab Emirates, the United Kingdom, the United States, Tunisia, Turkey, Uganda, Ukraine, Uruguay,
  Uzbekistan, Venezuela, Vietnam, Wales, Yemen, Zambia, Zimbabwe
`)

export const PLACES = toList(`
  the airport, the bakery, the bank, the bathroom, the beach, the bedroom, the bookshop, the bridge, the bus
  station, the bus stop, the cafe, the castle, the church, the cinema, the city centre, the club, the coast, the
  countryside, the farm, the forest, the garden, the gym, the harbour, the hospital, the hotel, the kitchen, the
  lake, the library, the living room, the mall, the market, the mosque, the mountains, the museum, the office,
  the park, the pharmacy, the playground, the police station, the pool, the post office, the restaurant, the
  river, the school, the sea, the shop, the shops, the square, the stadium, the station, the street, the
  supermarket, the swimming pool, the temple, the theatre, the town, the train station, the university, the
  village, the woods, the zoo
`)
