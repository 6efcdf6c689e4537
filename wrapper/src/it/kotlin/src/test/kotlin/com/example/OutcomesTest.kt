package com.example

import dev.devinsessions.InMemorySessionLookup
import dev.devinsessions.Session
import dev.devinsessions.SessionLookup
import dev.devinsessions.SessionNotFoundException
import dev.devinsessions.consumers.EmbeddedApi
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class OutcomesTest {
    @Test
    fun bindsStructuredOutputToADataClass() {
        EmbeddedApi.start().use { api ->
            SessionLookup.builder().apiKey(EmbeddedApi.KEY).baseUrl(api.baseUrl()).build().use { lookup ->
                assertEquals(Outcome("2026-01-02", listOf("mods.js")), runBlocking { lookup.outcome("devin-1") })
                assertThrows(SessionNotFoundException::class.java) {
                    runBlocking { lookup.outcome(EmbeddedApi.UNKNOWN) }
                }
            }
        }
    }

    @Test
    fun returnsNullWithoutStructuredOutput() {
        val fake = InMemorySessionLookup.of(Session.builder().id("devin-1").build())

        assertNull(runBlocking { fake.outcome("devin-1") })
    }

    @Test
    fun cancelsTheLookupWithTheCoroutine() {
        val endless = CompletableFuture<Session>()
        val fake =
            object : SessionLookup {
                override fun get(sessionId: String): Session = throw UnsupportedOperationException()

                override fun getAsync(sessionId: String) = endless
            }

        runBlocking { launch(start = CoroutineStart.UNDISPATCHED) { fake.outcome("devin-1") }.cancelAndJoin() }

        assertTrue(endless.isCancelled)
    }
}
