/** What people eat and drink, as it follows "I like". */
import { toList } from './to-list.ts'

export const FOODS = toList(`
  apples, bananas, beans, beef, biscuits, bread, bread and butter, bread with cheese, broccoli, burgers, butter,
  cabbage, cake, carrots, cereal, cheese, cherries, chicken, chicken soup, chicken and rice, chips, chocolate,
  chocolate cake, coconut, cookies, corn, cucumber, curry, dumplings, eggs, fish, fish and chips, fried rice,
  fruit, fruit salad, garlic, grapes, ham, hamburgers, honey, hummus, ice cream, jam, kebab, lamb, lasagna,
  lemons, lentils, lettuce, mangoes, meat, melon, mushrooms, noodles, nuts, oats, olives, omelet, onions,
  oranges, pancakes, pasta, peaches, peanuts, pears, peas, peppers, pie, pineapple, pizza, plums, popcorn, pork,
  porridge, potatoes, prawns, pumpkin, ravioli, rice, rice and beans, salad, salmon, sandwiches, sausages,
  seafood, shrimp, soup, spaghetti, spinach, steak, stew, strawberries, sushi, sweets, tacos, toast, tofu,
  tomatoes, tomato soup, tuna, turkey, vegetables, vegetable soup, watermelon, yogurt
`)

export const DRINKS = toList(`
  apple juice, beer, black coffee, black tea, cocoa, coffee, coffee with milk, cola, fresh juice, fruit juice,
  fruit tea, ginger tea, green tea, herbal tea, hot chocolate, hot milk, hot water, iced coffee, iced tea,
  juice, lemonade, lemon tea, milk, milk tea, mineral water, mint tea, orange juice, soda, sparkling water, tea,
  tea with lemon, tea with milk, tomato juice, water, wine, espresso, cappuccino, coconut water
`)
