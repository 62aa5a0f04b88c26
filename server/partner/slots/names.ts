/** First names from around the world. */
import { toList } from './to-list.ts'

export const NAMES = toList(`
  Adam, Ahmed, Aisha, Akira, Alejandro, Alex, Ali, Alice, Ana, Andrea, Andrei, Anita, Anna, Antonio, Arjun, Ben,
  Carlos, Carmen, Chen, Chloe, Daniel, David, Diego, Dmitri, Elena, Emma, Eva, Fatima, Felix, Fernando,
  Francesca, Gabriel, George, Giovanni, Grace, Hana, Hans, Hassan, Helena, Hugo, Ibrahim, Igor, Ines, Irina,
  Isabel, Ivan, Jack, James, Jan, Jin, Joao, John, Jose, Juan, Julia, Kamal, Karim, Katarina, Kenji, Khalid,
  Kofi, Layla, Lars, Laura, Leo, Lena, Li, Lin, Linda, Lucas, Lucia, Luis, Maria, Marco, Mariam, Mark, Marta,
  Martin, Mary, Mehmet, Mei, Michael, Miguel, Ming, Mohammed, Natalia, Nadia, Nina, Nora, Olga, Oliver, Omar,
  Pablo, Patricia, Paul, Pedro, Peter, Pierre, Rafael, Raj, Rajiv, Ravi, Rosa, Samir, Samuel, Sara, Sergei,
  Simon, Sofia, Sonia, Sophie, Stefan, Svetlana, Tanya, Tariq, Thomas, Tom, Valentina, Victor, Vera, Wei,
  Yasmin, Yoko, Youssef, Zara
`)
