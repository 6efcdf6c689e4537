package com.example

import com.fasterxml.jackson.databind.PropertyNamingStrategies
import com.fasterxml.jackson.module.kotlin.jacksonMapperBuilder
import com.fasterxml.jackson.module.kotlin.readValue
import dev.devinsessions.SessionLookup
import kotlinx.coroutines.future.await

/** The structured output that a session was asked for. */
data class Outcome(val mergedOn: String, val files: List<String>)

private val mapper =
    jacksonMapperBuilder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build()

/** Suspends until the session is returned; cancelling the coroutine cancels the requests. */
suspend fun SessionLookup.outcome(id: String): Outcome? {
    val session = getAsync(id).await()
    return session.structuredOutputJson().map { mapper.readValue<Outcome>(it) }.orElse(null)
}
